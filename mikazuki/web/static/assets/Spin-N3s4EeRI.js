import{Cr as e,Ct as t,D as n,Fn as r,Ft as i,Gt as a,Hn as o,Jr as s,Ln as c,Mn as l,Mr as u,O as d,Rt as f,St as p,Vr as m,Vt as h,ar as g,ir as _,jn as v,lr as y,q as b,rr as x,sr as S,ur as C}from"./_plugin-vue_export-helper-DwV3C7qz.js";import{T as w}from"./index-5ayaQeka.js";import{a as T}from"./Suffix-C3anGkvU.js";var E=v([v(`@keyframes spin-rotate`,`
 from {
 transform: rotate(0);
 }
 to {
 transform: rotate(360deg);
 }
 `),l(`spin-container`,`
 position: relative;
 `,[l(`spin-body`,`
 position: absolute;
 top: 50%;
 left: 50%;
 transform: translateX(-50%) translateY(-50%);
 `,[b()])]),l(`spin-body`,`
 display: inline-flex;
 align-items: center;
 justify-content: center;
 flex-direction: column;
 `),l(`spin`,`
 display: inline-flex;
 height: var(--n-size);
 width: var(--n-size);
 font-size: var(--n-size);
 color: var(--n-color);
 `,[r(`rotate`,`
 animation: spin-rotate 2s linear infinite;
 `)]),l(`spin-description`,`
 display: inline-block;
 font-size: var(--n-font-size);
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 margin-top: 8px;
 `),l(`spin-content`,`
 opacity: 1;
 transition: opacity .3s var(--n-bezier);
 pointer-events: all;
 `,[r(`spinning`,`
 user-select: none;
 -webkit-user-select: none;
 pointer-events: none;
 opacity: var(--n-opacity-spinning);
 `)])]),D={small:20,medium:18,large:16},O={...p.props,contentClass:String,contentStyle:[Object,String],description:String,size:{type:[String,Number],default:`medium`},show:{type:Boolean,default:!0},rotate:{type:Boolean,default:!0},spinning:{type:Boolean,validator:()=>!0,default:void 0},delay:Number,...d,strokeWidth:Number},k=C({name:`Spin`,props:O,slots:Object,setup(e){let{mergedClsPrefixRef:n,inlineThemeDisabled:r}=a(e),o=p(`Spin`,`-spin`,E,w,e,n),s=x(()=>{let{size:t}=e,{common:{cubicBezierEaseInOut:n},self:r}=o.value,{opacitySpinning:a,color:s,textColor:l}=r;return{"--n-bezier":n,"--n-opacity-spinning":a,"--n-size":typeof t==`number`?i(t):r[c(`size`,t)],"--n-color":s,"--n-text-color":l}}),l=r?t(`spin`,x(()=>{let{size:t}=e;return typeof t==`number`?String(t):t[0]}),s,e):void 0,d=T(e,[`spinning`,`show`]),f=m(!1);return u(t=>{let n;if(d.value){let{delay:r}=e;if(r){n=window.setTimeout(()=>{f.value=!0},r),t(()=>{clearTimeout(n)});return}}f.value=d.value}),{mergedClsPrefix:n,active:f,mergedStrokeWidth:x(()=>{let{strokeWidth:t}=e;if(t!==void 0)return t;let{size:n}=e;return D[typeof n==`number`?`medium`:n]}),cssVars:r?void 0:s,themeClass:l?.themeClass,onRender:l?.onRender}},render(){let{$slots:t,mergedClsPrefix:r,description:i}=this,a=t.icon&&this.rotate,c=(i||t.description)&&(e(),S(`div`,{class:f(`${r}-spin-description`)},[h(()=>i||t.description?.())],2)),l=t.icon?(e(),S(`div`,{key:1,class:f([`${r}-spin-body`,this.themeClass])},[_(`div`,{class:f([`${r}-spin`,a&&`${r}-spin--rotate`]),style:s(t.default?``:this.cssVars)},[h(()=>t.icon())],6),h(()=>c)],2)):(e(),S(`div`,{key:2,class:f([`${r}-spin-body`,this.themeClass])},[(e(),g(n,{clsPrefix:r,style:s(t.default?``:this.cssVars),stroke:this.stroke,"stroke-width":this.mergedStrokeWidth,radius:this.radius,scale:this.scale,class:f(`${r}-spin`)},null,8,[`clsPrefix`,`style`,`stroke`,`stroke-width`,`radius`,`scale`,`class`])),h(()=>c)],2));return this.onRender?.(),t.default?(e(),S(`div`,{key:3,class:f([`${r}-spin-container`,this.themeClass]),style:s(this.cssVars)},[_(`div`,{class:f([`${r}-spin-content`,this.active&&`${r}-spin-content--spinning`,this.contentClass]),style:s(this.contentStyle)},[h(()=>t.default?.())],6),y(o,{name:`fade-in-transition`},{default:()=>this.active?l:null},1024)],6)):l}});export{k as t};