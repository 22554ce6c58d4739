import{$t as e,At as t,Cn as n,Gt as r,I as i,Kt as a,Mn as o,N as s,S as c,St as l,V as u,Yt as d,Zt as f,h as p,j as m,m as h,pn as g,qt as _,v,vt as y,wt as b,x,yt as S,zn as C}from"./_plugin-vue_export-helper-7feDbWgl.js";import{O as w}from"./index-Q9UsUwtw.js";import{t as T}from"./use-compitable-ZsBM9t9F.js";var E=y([y(`@keyframes spin-rotate`,`
 from {
 transform: rotate(0);
 }
 to {
 transform: rotate(360deg);
 }
 `),S(`spin-container`,`
 position: relative;
 `,[S(`spin-body`,`
 position: absolute;
 top: 50%;
 left: 50%;
 transform: translateX(-50%) translateY(-50%);
 `,[v()])]),S(`spin-body`,`
 display: inline-flex;
 align-items: center;
 justify-content: center;
 flex-direction: column;
 `),S(`spin`,`
 display: inline-flex;
 height: var(--n-size);
 width: var(--n-size);
 font-size: var(--n-size);
 color: var(--n-color);
 `,[l(`rotate`,`
 animation: spin-rotate 2s linear infinite;
 `)]),S(`spin-description`,`
 display: inline-block;
 font-size: var(--n-font-size);
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 margin-top: 8px;
 `),S(`spin-content`,`
 opacity: 1;
 transition: opacity .3s var(--n-bezier);
 pointer-events: all;
 `,[l(`spinning`,`
 user-select: none;
 -webkit-user-select: none;
 pointer-events: none;
 opacity: var(--n-opacity-spinning);
 `)])]),D={small:20,medium:18,large:16},O={...x.props,contentClass:String,contentStyle:[Object,String],description:String,size:{type:[String,Number],default:`medium`},show:{type:Boolean,default:!0},rotate:{type:Boolean,default:!0},spinning:{type:Boolean,validator:()=>!0,default:void 0},delay:Number,...p,strokeWidth:Number},k=e({name:`Spin`,props:O,slots:Object,setup(e){let{mergedClsPrefixRef:t,inlineThemeDisabled:i}=u(e),a=x(`Spin`,`-spin`,E,w,e,t),s=r(()=>{let{size:t}=e,{common:{cubicBezierEaseInOut:n},self:r}=a.value,{opacitySpinning:i,color:o,textColor:s}=r;return{"--n-bezier":n,"--n-opacity-spinning":i,"--n-size":typeof t==`number`?m(t):r[b(`size`,t)],"--n-color":o,"--n-text-color":s}}),l=i?c(`spin`,r(()=>{let{size:t}=e;return typeof t==`number`?String(t):t[0]}),s,e):void 0,d=T(e,[`spinning`,`show`]),f=o(!1);return n(t=>{let n;if(d.value){let{delay:r}=e;if(r){n=window.setTimeout(()=>{f.value=!0},r),t(()=>{clearTimeout(n)});return}}f.value=d.value}),{mergedClsPrefix:t,active:f,mergedStrokeWidth:r(()=>{let{strokeWidth:t}=e;if(t!==void 0)return t;let{size:n}=e;return D[typeof n==`number`?`medium`:n]}),cssVars:i?void 0:s,themeClass:l?.themeClass,onRender:l?.onRender}},render(){let{$slots:e,mergedClsPrefix:n,description:r}=this,o=e.icon&&this.rotate,c=(r||e.description)&&(g(),d(`div`,{class:s(`${n}-spin-description`)},[i(()=>r||e.description?.())],2)),l=e.icon?(g(),d(`div`,{key:1,class:s([`${n}-spin-body`,this.themeClass])},[a(`div`,{class:s([`${n}-spin`,o&&`${n}-spin--rotate`]),style:C(e.default?``:this.cssVars)},[i(()=>e.icon())],6),i(()=>c)],2)):(g(),d(`div`,{key:2,class:s([`${n}-spin-body`,this.themeClass])},[(g(),_(h,{clsPrefix:n,style:C(e.default?``:this.cssVars),stroke:this.stroke,"stroke-width":this.mergedStrokeWidth,radius:this.radius,scale:this.scale,class:s(`${n}-spin`)},null,8,[`clsPrefix`,`style`,`stroke`,`stroke-width`,`radius`,`scale`,`class`])),i(()=>c)],2));return this.onRender?.(),e.default?(g(),d(`div`,{key:3,class:s([`${n}-spin-container`,this.themeClass]),style:C(this.cssVars)},[a(`div`,{class:s([`${n}-spin-content`,this.active&&`${n}-spin-content--spinning`,this.contentClass]),style:C(this.contentStyle)},[i(()=>e.default?.())],6),f(t,{name:`fade-in-transition`},{default:()=>this.active?l:null},1024)],6)):l}});export{k as t};