import{A as e,Ar as t,D as n,F as r,Ht as i,Kt as a,Lt as o,Mn as s,Pn as c,Q as l,Rt as u,Sr as d,Ur as f,Vt as p,bt as m,cr as h,fr as g,ir as _,jn as v,k as y,kn as b,lr as x,nr as S,or as C,rr as w,wn as T}from"./_plugin-vue_export-helper-B-WZ0uXV.js";function E(e){let{mergedLocaleRef:t,mergedDateLocaleRef:n}=g(a,null)||{},r=S(()=>t?.value?.[e]??b[e]);return{dateLocaleRef:S(()=>n?.value??T),localeRef:r}}function D(e,n){return t(e,e=>{e!==void 0&&(n.value=e)}),S(()=>e.value===void 0?n.value:e.value)}function O(e,t){return S(()=>{for(let n of t)if(e[n]!==void 0)return e[n];return e[t[t.length-1]]})}var k=r(`clear`,()=>(()=>{let e=o(`c93f8499adf26ca3`);return e[0]||=w(`svg`,{viewBox:`0 0 16 16`,version:`1.1`,xmlns:`http://www.w3.org/2000/svg`},[w(`g`,{stroke:`none`,"stroke-width":`1`,fill:`none`,"fill-rule":`evenodd`},[w(`g`,{fill:`currentColor`,"fill-rule":`nonzero`},[w(`path`,{d:`M8,2 C11.3137085,2 14,4.6862915 14,8 C14,11.3137085 11.3137085,14 8,14 C4.6862915,14 2,11.3137085 2,8 C2,4.6862915 4.6862915,2 8,2 Z M6.5343055,5.83859116 C6.33943736,5.70359511 6.07001296,5.72288026 5.89644661,5.89644661 L5.89644661,5.89644661 L5.83859116,5.9656945 C5.70359511,6.16056264 5.72288026,6.42998704 5.89644661,6.60355339 L5.89644661,6.60355339 L7.293,8 L5.89644661,9.39644661 L5.83859116,9.4656945 C5.70359511,9.66056264 5.72288026,9.92998704 5.89644661,10.1035534 L5.89644661,10.1035534 L5.9656945,10.1614088 C6.16056264,10.2964049 6.42998704,10.2771197 6.60355339,10.1035534 L6.60355339,10.1035534 L8,8.707 L9.39644661,10.1035534 L9.4656945,10.1614088 C9.66056264,10.2964049 9.92998704,10.2771197 10.1035534,10.1035534 L10.1035534,10.1035534 L10.1614088,10.0343055 C10.2964049,9.83943736 10.2771197,9.57001296 10.1035534,9.39644661 L10.1035534,9.39644661 L8.707,8 L10.1035534,6.60355339 L10.1614088,6.5343055 C10.2964049,6.33943736 10.2771197,6.07001296 10.1035534,5.89644661 L10.1035534,5.89644661 L10.0343055,5.83859116 C9.83943736,5.70359511 9.57001296,5.72288026 9.39644661,5.89644661 L9.39644661,5.89644661 L8,7.293 L6.60355339,5.89644661 Z`})])])],-1)})()),A=s(`base-clear`,`
 flex-shrink: 0;
 height: 1em;
 width: 1em;
 position: relative;
`,[v(`>`,[c(`clear`,`
 font-size: var(--n-clear-size);
 height: 1em;
 width: 1em;
 cursor: pointer;
 color: var(--n-clear-color);
 transition: color .3s var(--n-bezier);
 display: flex;
 `,[v(`&:hover`,`
 color: var(--n-clear-color-hover)!important;
 `),v(`&:active`,`
 color: var(--n-clear-color-pressed)!important;
 `)]),c(`placeholder`,`
 display: flex;
 `),c(`clear, placeholder`,`
 position: absolute;
 left: 50%;
 top: 50%;
 transform: translateX(-50%) translateY(-50%);
 `,[y({originalTransform:`translateX(-50%) translateY(-50%)`,left:`50%`,top:`50%`})])])]),j=[`onClick`,`onMousedown`],M=x({name:`BaseClear`,props:{clsPrefix:{type:String,required:!0},show:Boolean,onClear:Function},setup(e){return i(`-base-clear`,A,f(e,`clsPrefix`)),{handleMouseDown(e){e.preventDefault()}}},render(){let{clsPrefix:t}=this;return d(),C(`div`,{class:u(`${t}-base-clear`)},[h(e,null,{default:()=>this.show?(d(),C(`div`,{key:`dismiss`,class:u(`${t}-base-clear__clear`),onClick:this.onClear,onMousedown:this.handleMouseDown,"data-clear":!0},[p(()=>l(this.$slots.icon,()=>[(d(),_(m,{clsPrefix:t},{default:()=>(d(),_(k))},1032,[`clsPrefix`]))]))],42,j)):(d(),C(`div`,{key:`icon`,class:u(`${t}-base-clear__placeholder`)},[p(()=>this.$slots.placeholder?.())],2))},1024)],2)}}),N=x({name:`ChevronDown`,render(){return(()=>{let e=o(`ae90ecf811a811ac`);return e[0]||=w(`svg`,{viewBox:`0 0 16 16`,fill:`none`,xmlns:`http://www.w3.org/2000/svg`},[w(`path`,{d:`M3.14645 5.64645C3.34171 5.45118 3.65829 5.45118 3.85355 5.64645L8 9.79289L12.1464 5.64645C12.3417 5.45118 12.6583 5.45118 12.8536 5.64645C13.0488 5.84171 13.0488 6.15829 12.8536 6.35355L8.35355 10.8536C8.15829 11.0488 7.84171 11.0488 7.64645 10.8536L3.14645 6.35355C2.95118 6.15829 2.95118 5.84171 3.14645 5.64645Z`,fill:`currentColor`})],-1)})()}}),P=x({name:`InternalSelectionSuffix`,props:{clsPrefix:{type:String,required:!0},showArrow:{type:Boolean,default:void 0},showClear:{type:Boolean,default:void 0},loading:Boolean,onClear:Function},setup(e,{slots:t}){return()=>{let{clsPrefix:r}=e;return d(),_(n,{clsPrefix:r,class:u(`${r}-base-suffix`),strokeWidth:24,scale:.85,show:e.loading},{default:()=>e.showArrow?(d(),_(M,{key:1,clsPrefix:r,show:e.showClear,onClear:e.onClear},{placeholder:()=>(d(),_(m,{clsPrefix:r,class:u(`${r}-base-suffix__arrow`)},{default:()=>l(t.default,()=>[(d(),_(N))])},1032,[`clsPrefix`,`class`]))},1032,[`clsPrefix`,`show`,`onClear`])):null},1032,[`clsPrefix`,`class`,`show`])}}});export{E as a,D as i,M as n,O as r,P as t};