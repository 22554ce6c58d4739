import{Br as e,Ct as t,D as n,Fn as r,Ft as i,Gt as a,Hn as o,Ln as s,Mn as c,O as l,Rt as u,Sr as d,St as f,Vt as p,cr as m,ir as h,jn as g,jr as _,lr as v,nr as y,or as b,q as x,qr as S,rr as C}from"./_plugin-vue_export-helper-B-WZ0uXV.js";import{T as w}from"./index-BjIIC0LP.js";import{r as T}from"./Suffix-BI57B1ez.js";var E=g([g(`@keyframes spin-rotate`,`
 from {
 transform: rotate(0);
 }
 to {
 transform: rotate(360deg);
 }
 `),c(`spin-container`,`
 position: relative;
 `,[c(`spin-body`,`
 position: absolute;
 top: 50%;
 left: 50%;
 transform: translateX(-50%) translateY(-50%);
 `,[x()])]),c(`spin-body`,`
 display: inline-flex;
 align-items: center;
 justify-content: center;
 flex-direction: column;
 `),c(`spin`,`
 display: inline-flex;
 height: var(--n-size);
 width: var(--n-size);
 font-size: var(--n-size);
 color: var(--n-color);
 `,[r(`rotate`,`
 animation: spin-rotate 2s linear infinite;
 `)]),c(`spin-description`,`
 display: inline-block;
 font-size: var(--n-font-size);
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 margin-top: 8px;
 `),c(`spin-content`,`
 opacity: 1;
 transition: opacity .3s var(--n-bezier);
 pointer-events: all;
 `,[r(`spinning`,`
 user-select: none;
 -webkit-user-select: none;
 pointer-events: none;
 opacity: var(--n-opacity-spinning);
 `)])]),D={small:20,medium:18,large:16},O={...f.props,contentClass:String,contentStyle:[Object,String],description:String,size:{type:[String,Number],default:`medium`},show:{type:Boolean,default:!0},rotate:{type:Boolean,default:!0},spinning:{type:Boolean,validator:()=>!0,default:void 0},delay:Number,...l,strokeWidth:Number},k=v({name:`Spin`,props:O,slots:Object,setup(n){let{mergedClsPrefixRef:r,inlineThemeDisabled:o}=a(n),c=f(`Spin`,`-spin`,E,w,n,r),l=y(()=>{let{size:e}=n,{common:{cubicBezierEaseInOut:t},self:r}=c.value,{opacitySpinning:a,color:o,textColor:l}=r;return{"--n-bezier":t,"--n-opacity-spinning":a,"--n-size":typeof e==`number`?i(e):r[s(`size`,e)],"--n-color":o,"--n-text-color":l}}),u=o?t(`spin`,y(()=>{let{size:e}=n;return typeof e==`number`?String(e):e[0]}),l,n):void 0,d=T(n,[`spinning`,`show`]),p=e(!1);return _(e=>{let t;if(d.value){let{delay:r}=n;if(r){t=window.setTimeout(()=>{p.value=!0},r),e(()=>{clearTimeout(t)});return}}p.value=d.value}),{mergedClsPrefix:r,active:p,mergedStrokeWidth:y(()=>{let{strokeWidth:e}=n;if(e!==void 0)return e;let{size:t}=n;return D[typeof t==`number`?`medium`:t]}),cssVars:o?void 0:l,themeClass:u?.themeClass,onRender:u?.onRender}},render(){let{$slots:e,mergedClsPrefix:t,description:r}=this,i=e.icon&&this.rotate,a=(r||e.description)&&(d(),b(`div`,{class:u(`${t}-spin-description`)},[p(()=>r||e.description?.())],2)),s=e.icon?(d(),b(`div`,{key:1,class:u([`${t}-spin-body`,this.themeClass])},[C(`div`,{class:u([`${t}-spin`,i&&`${t}-spin--rotate`]),style:S(e.default?``:this.cssVars)},[p(()=>e.icon())],6),p(()=>a)],2)):(d(),b(`div`,{key:2,class:u([`${t}-spin-body`,this.themeClass])},[(d(),h(n,{clsPrefix:t,style:S(e.default?``:this.cssVars),stroke:this.stroke,"stroke-width":this.mergedStrokeWidth,radius:this.radius,scale:this.scale,class:u(`${t}-spin`)},null,8,[`clsPrefix`,`style`,`stroke`,`stroke-width`,`radius`,`scale`,`class`])),p(()=>a)],2));return this.onRender?.(),e.default?(d(),b(`div`,{key:3,class:u([`${t}-spin-container`,this.themeClass]),style:S(this.cssVars)},[C(`div`,{class:u([`${t}-spin-content`,this.active&&`${t}-spin-content--spinning`,this.contentClass]),style:S(this.contentStyle)},[p(()=>e.default?.())],6),m(o,{name:`fade-in-transition`},{default:()=>this.active?s:null},1024)],6)):s}});export{k as t};