import{$t as e,At as t,D as n,Gn as r,H as i,It as a,L as o,O as s,Ot as c,Qt as l,Rn as u,Tt as d,Zt as f,an as p,b as m,kn as h,q as g,rn as _,tn as v,w as y,wt as b,x,yn as S,z as C}from"./failure-DdhVUdvy.js";import{O as w}from"./index-DU_01afT.js";import{t as T}from"./use-compitable-EIgHRnGn.js";var E=b([b(`@keyframes spin-rotate`,`
 from {
 transform: rotate(0);
 }
 to {
 transform: rotate(360deg);
 }
 `),d(`spin-container`,`
 position: relative;
 `,[d(`spin-body`,`
 position: absolute;
 top: 50%;
 left: 50%;
 transform: translateX(-50%) translateY(-50%);
 `,[y()])]),d(`spin-body`,`
 display: inline-flex;
 align-items: center;
 justify-content: center;
 flex-direction: column;
 `),d(`spin`,`
 display: inline-flex;
 height: var(--n-size);
 width: var(--n-size);
 font-size: var(--n-size);
 color: var(--n-color);
 `,[c(`rotate`,`
 animation: spin-rotate 2s linear infinite;
 `)]),d(`spin-description`,`
 display: inline-block;
 font-size: var(--n-font-size);
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 margin-top: 8px;
 `),d(`spin-content`,`
 opacity: 1;
 transition: opacity .3s var(--n-bezier);
 pointer-events: all;
 `,[c(`spinning`,`
 user-select: none;
 -webkit-user-select: none;
 pointer-events: none;
 opacity: var(--n-opacity-spinning);
 `)])]),D={small:20,medium:18,large:16},O={...n.props,contentClass:String,contentStyle:[Object,String],description:String,size:{type:[String,Number],default:`medium`},show:{type:Boolean,default:!0},rotate:{type:Boolean,default:!0},spinning:{type:Boolean,validator:()=>!0,default:void 0},delay:Number,...x,strokeWidth:Number},k=p({name:`Spin`,props:O,slots:Object,setup(e){let{mergedClsPrefixRef:r,inlineThemeDisabled:i}=g(e),a=n(`Spin`,`-spin`,E,w,e,r),c=f(()=>{let{size:n}=e,{common:{cubicBezierEaseInOut:r},self:i}=a.value,{opacitySpinning:s,color:c,textColor:l}=i;return{"--n-bezier":r,"--n-opacity-spinning":s,"--n-size":typeof n==`number`?o(n):i[t(`size`,n)],"--n-color":c,"--n-text-color":l}}),l=i?s(`spin`,f(()=>{let{size:t}=e;return typeof t==`number`?String(t):t[0]}),c,e):void 0,d=T(e,[`spinning`,`show`]),p=u(!1);return h(t=>{let n;if(d.value){let{delay:r}=e;if(r){n=window.setTimeout(()=>{p.value=!0},r),t(()=>{clearTimeout(n)});return}}p.value=d.value}),{mergedClsPrefix:r,active:p,mergedStrokeWidth:f(()=>{let{strokeWidth:t}=e;if(t!==void 0)return t;let{size:n}=e;return D[typeof n==`number`?`medium`:n]}),cssVars:i?void 0:c,themeClass:l?.themeClass,onRender:l?.onRender}},render(){let{$slots:t,mergedClsPrefix:n,description:o}=this,s=t.icon&&this.rotate,c=(o||t.description)&&(S(),v(`div`,{class:C(`${n}-spin-description`)},[i(()=>o||t.description?.())],2)),u=t.icon?(S(),v(`div`,{key:1,class:C([`${n}-spin-body`,this.themeClass])},[l(`div`,{class:C([`${n}-spin`,s&&`${n}-spin--rotate`]),style:r(t.default?``:this.cssVars)},[i(()=>t.icon())],6),i(()=>c)],2)):(S(),v(`div`,{key:2,class:C([`${n}-spin-body`,this.themeClass])},[(S(),e(m,{clsPrefix:n,style:r(t.default?``:this.cssVars),stroke:this.stroke,"stroke-width":this.mergedStrokeWidth,radius:this.radius,scale:this.scale,class:C(`${n}-spin`)},null,8,[`clsPrefix`,`style`,`stroke`,`stroke-width`,`radius`,`scale`,`class`])),i(()=>c)],2));return this.onRender?.(),t.default?(S(),v(`div`,{key:3,class:C([`${n}-spin-container`,this.themeClass]),style:r(this.cssVars)},[l(`div`,{class:C([`${n}-spin-content`,this.active&&`${n}-spin-content--spinning`,this.contentClass]),style:r(this.contentStyle)},[i(()=>t.default?.())],6),_(a,{name:`fade-in-transition`},{default:()=>this.active?u:null},1024)],6)):u}});export{k as t};