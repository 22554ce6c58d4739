import{$t as e,At as t,Gt as n,I as r,Kt as i,N as a,Rn as o,S as s,Sn as c,St as l,V as u,Yt as d,Zt as f,h as p,j as m,jn as h,m as g,pn as _,qt as v,v as y,vt as b,wt as x,x as S,yt as C}from"./_plugin-vue_export-helper-nX_YewPX.js";import{k as w}from"./index-DhzwMCm2.js";import{t as T}from"./use-compitable-UnFKk_HW.js";var E=b([b(`@keyframes spin-rotate`,`
 from {
 transform: rotate(0);
 }
 to {
 transform: rotate(360deg);
 }
 `),C(`spin-container`,`
 position: relative;
 `,[C(`spin-body`,`
 position: absolute;
 top: 50%;
 left: 50%;
 transform: translateX(-50%) translateY(-50%);
 `,[y()])]),C(`spin-body`,`
 display: inline-flex;
 align-items: center;
 justify-content: center;
 flex-direction: column;
 `),C(`spin`,`
 display: inline-flex;
 height: var(--n-size);
 width: var(--n-size);
 font-size: var(--n-size);
 color: var(--n-color);
 `,[l(`rotate`,`
 animation: spin-rotate 2s linear infinite;
 `)]),C(`spin-description`,`
 display: inline-block;
 font-size: var(--n-font-size);
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 margin-top: 8px;
 `),C(`spin-content`,`
 opacity: 1;
 transition: opacity .3s var(--n-bezier);
 pointer-events: all;
 `,[l(`spinning`,`
 user-select: none;
 -webkit-user-select: none;
 pointer-events: none;
 opacity: var(--n-opacity-spinning);
 `)])]),D={small:20,medium:18,large:16},O={...S.props,contentClass:String,contentStyle:[Object,String],description:String,size:{type:[String,Number],default:`medium`},show:{type:Boolean,default:!0},rotate:{type:Boolean,default:!0},spinning:{type:Boolean,validator:()=>!0,default:void 0},delay:Number,...p,strokeWidth:Number},k=e({name:`Spin`,props:O,slots:Object,setup(e){let{mergedClsPrefixRef:t,inlineThemeDisabled:r}=u(e),i=S(`Spin`,`-spin`,E,w,e,t),a=n(()=>{let{size:t}=e,{common:{cubicBezierEaseInOut:n},self:r}=i.value,{opacitySpinning:a,color:o,textColor:s}=r;return{"--n-bezier":n,"--n-opacity-spinning":a,"--n-size":typeof t==`number`?m(t):r[x(`size`,t)],"--n-color":o,"--n-text-color":s}}),o=r?s(`spin`,n(()=>{let{size:t}=e;return typeof t==`number`?String(t):t[0]}),a,e):void 0,l=T(e,[`spinning`,`show`]),d=h(!1);return c(t=>{let n;if(l.value){let{delay:r}=e;if(r){n=window.setTimeout(()=>{d.value=!0},r),t(()=>{clearTimeout(n)});return}}d.value=l.value}),{mergedClsPrefix:t,active:d,mergedStrokeWidth:n(()=>{let{strokeWidth:t}=e;if(t!==void 0)return t;let{size:n}=e;return D[typeof n==`number`?`medium`:n]}),cssVars:r?void 0:a,themeClass:o?.themeClass,onRender:o?.onRender}},render(){let{$slots:e,mergedClsPrefix:n,description:s}=this,c=e.icon&&this.rotate,l=(s||e.description)&&(_(),d(`div`,{class:a(`${n}-spin-description`)},[r(()=>s||e.description?.())],2)),u=e.icon?(_(),d(`div`,{key:1,class:a([`${n}-spin-body`,this.themeClass])},[i(`div`,{class:a([`${n}-spin`,c&&`${n}-spin--rotate`]),style:o(e.default?``:this.cssVars)},[r(()=>e.icon())],6),r(()=>l)],2)):(_(),d(`div`,{key:2,class:a([`${n}-spin-body`,this.themeClass])},[(_(),v(g,{clsPrefix:n,style:o(e.default?``:this.cssVars),stroke:this.stroke,"stroke-width":this.mergedStrokeWidth,radius:this.radius,scale:this.scale,class:a(`${n}-spin`)},null,8,[`clsPrefix`,`style`,`stroke`,`stroke-width`,`radius`,`scale`,`class`])),r(()=>l)],2));return this.onRender?.(),e.default?(_(),d(`div`,{key:3,class:a([`${n}-spin-container`,this.themeClass]),style:o(this.cssVars)},[i(`div`,{class:a([`${n}-spin-content`,this.active&&`${n}-spin-content--spinning`,this.contentClass]),style:o(this.contentStyle)},[r(()=>e.default?.())],6),f(t,{name:`fade-in-transition`},{default:()=>this.active?u:null},1024)],6)):u}});export{k as t};