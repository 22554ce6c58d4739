import{$t as e,At as t,C as n,D as r,Dt as i,Gn as a,H as o,L as s,O as c,Ot as l,P as u,Qt as d,Rn as f,S as p,Tt as m,Vn as h,Zt as g,an as _,b as v,dn as y,kt as b,q as x,tn as S,wt as C,yn as w,z as T}from"./failure-DdhVUdvy.js";import{M as E,R as D,d as O,k}from"./Button-5vQ51-9u.js";import{E as A}from"./index-DU_01afT.js";import{t as j}from"./use-merged-state-C3-zl2cW.js";var M=m(`switch`,`
 height: var(--n-height);
 min-width: var(--n-width);
 vertical-align: middle;
 user-select: none;
 -webkit-user-select: none;
 display: inline-flex;
 outline: none;
 justify-content: center;
 align-items: center;
`,[i(`children-placeholder`,`
 height: var(--n-rail-height);
 display: flex;
 flex-direction: column;
 overflow: hidden;
 pointer-events: none;
 visibility: hidden;
 `),i(`rail-placeholder`,`
 display: flex;
 flex-wrap: none;
 `),i(`button-placeholder`,`
 width: calc(1.75 * var(--n-rail-height));
 height: var(--n-rail-height);
 `),m(`base-loading`,`
 position: absolute;
 top: 50%;
 left: 50%;
 transform: translateX(-50%) translateY(-50%);
 font-size: calc(var(--n-button-width) - 4px);
 color: var(--n-loading-color);
 transition: color .3s var(--n-bezier);
 `,[p({left:`50%`,top:`50%`,originalTransform:`translateX(-50%) translateY(-50%)`})]),i(`checked, unchecked`,`
 transition: color .3s var(--n-bezier);
 color: var(--n-text-color);
 box-sizing: border-box;
 position: absolute;
 white-space: nowrap;
 top: 0;
 bottom: 0;
 display: flex;
 align-items: center;
 line-height: 1;
 `),i(`checked`,`
 right: 0;
 padding-right: calc(1.25 * var(--n-rail-height) - var(--n-offset));
 `),i(`unchecked`,`
 left: 0;
 justify-content: flex-end;
 padding-left: calc(1.25 * var(--n-rail-height) - var(--n-offset));
 `),C(`&:focus`,[i(`rail`,`
 box-shadow: var(--n-box-shadow-focus);
 `)]),l(`round`,[i(`rail`,`border-radius: calc(var(--n-rail-height) / 2);`,[i(`button`,`border-radius: calc(var(--n-button-height) / 2);`)])]),b(`disabled`,[b(`icon`,[l(`rubber-band`,[l(`pressed`,[i(`rail`,[i(`button`,`max-width: var(--n-button-width-pressed);`)])]),i(`rail`,[C(`&:active`,[i(`button`,`max-width: var(--n-button-width-pressed);`)])]),l(`active`,[l(`pressed`,[i(`rail`,[i(`button`,`left: calc(100% - var(--n-offset) - var(--n-button-width-pressed));`)])]),i(`rail`,[C(`&:active`,[i(`button`,`left: calc(100% - var(--n-offset) - var(--n-button-width-pressed));`)])])])])])]),l(`active`,[i(`rail`,[i(`button`,`left: calc(100% - var(--n-button-width) - var(--n-offset))`)])]),i(`rail`,`
 overflow: hidden;
 height: var(--n-rail-height);
 min-width: var(--n-rail-width);
 border-radius: var(--n-rail-border-radius);
 cursor: pointer;
 position: relative;
 transition:
 opacity .3s var(--n-bezier),
 background .3s var(--n-bezier),
 box-shadow .3s var(--n-bezier);
 background-color: var(--n-rail-color);
 `,[i(`button-icon`,`
 color: var(--n-icon-color);
 transition: color .3s var(--n-bezier);
 font-size: calc(var(--n-button-height) - 4px);
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 display: flex;
 justify-content: center;
 align-items: center;
 line-height: 1;
 `,[p()]),i(`button`,`
 align-items: center; 
 top: var(--n-offset);
 left: var(--n-offset);
 height: var(--n-button-height);
 width: var(--n-button-width-pressed);
 max-width: var(--n-button-width);
 border-radius: var(--n-button-border-radius);
 background-color: var(--n-button-color);
 box-shadow: var(--n-button-box-shadow);
 box-sizing: border-box;
 cursor: inherit;
 content: "";
 position: absolute;
 transition:
 background-color .3s var(--n-bezier),
 left .3s var(--n-bezier),
 opacity .3s var(--n-bezier),
 max-width .3s var(--n-bezier),
 box-shadow .3s var(--n-bezier);
 `)]),l(`active`,[i(`rail`,`background-color: var(--n-rail-color-active);`)]),l(`loading`,[i(`rail`,`
 cursor: wait;
 `)]),l(`disabled`,[i(`rail`,`
 cursor: not-allowed;
 opacity: .5;
 `)])]),N=[`aria-checked`,`tabindex`,`onClick`,`onFocus`,`onBlur`,`onKeyup`,`onKeydown`],P={...r.props,size:String,value:{type:[String,Number,Boolean],default:void 0},loading:Boolean,defaultValue:{type:[String,Number,Boolean],default:!1},disabled:{type:Boolean,default:void 0},round:{type:Boolean,default:!0},"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array],checkedValue:{type:[String,Number,Boolean],default:!0},uncheckedValue:{type:[String,Number,Boolean],default:!1},railStyle:Function,rubberBand:{type:Boolean,default:!0},spinProps:Object,onChange:[Function,Array]},F,I=_({name:`Switch`,props:P,slots:Object,setup(e){F===void 0&&(F=typeof CSS<`u`?CSS.supports!==void 0&&CSS.supports(`width`,`max(1px)`):!0);let{mergedClsPrefixRef:n,inlineThemeDisabled:i,mergedComponentPropsRef:a}=x(e),o=r(`Switch`,`-switch`,M,A,e,n),l=O(e,{mergedSize(t){return e.size===void 0?t?t.mergedSize.value:a?.value?.Switch?.size||`medium`:e.size}}),{mergedSizeRef:d,mergedDisabledRef:p}=l,m=f(e.defaultValue),_=h(e,`value`),v=j(_,m),y=g(()=>v.value===e.checkedValue),b=f(!1),S=f(!1),C=g(()=>{let{railStyle:t}=e;if(t)return t({focused:S.value,checked:y.value})});function w(t){let{"onUpdate:value":n,onChange:r,onUpdateValue:i}=e,{nTriggerFormInput:a,nTriggerFormChange:o}=l;n&&D(n,t),i&&D(i,t),r&&D(r,t),m.value=t,a(),o()}function T(){let{nTriggerFormFocus:e}=l;e()}function E(){let{nTriggerFormBlur:e}=l;e()}function k(){e.loading||p.value||(v.value===e.checkedValue?w(e.uncheckedValue):w(e.checkedValue))}function N(){S.value=!0,T()}function P(){S.value=!1,E(),b.value=!1}function I(t){e.loading||p.value||t.key===` `&&(v.value===e.checkedValue?w(e.uncheckedValue):w(e.checkedValue),b.value=!1)}function L(t){e.loading||p.value||t.key===` `&&(t.preventDefault(),b.value=!0)}let R=g(()=>{let{value:e}=d,{self:{opacityDisabled:n,railColor:r,railColorActive:i,buttonBoxShadow:a,buttonColor:c,boxShadowFocus:l,loadingColor:f,textColor:p,iconColor:m,[t(`buttonHeight`,e)]:h,[t(`buttonWidth`,e)]:g,[t(`buttonWidthPressed`,e)]:_,[t(`railHeight`,e)]:v,[t(`railWidth`,e)]:y,[t(`railBorderRadius`,e)]:b,[t(`buttonBorderRadius`,e)]:x},common:{cubicBezierEaseInOut:S}}=o.value,C,w,T;return F?(C=`calc((${v} - ${h}) / 2)`,w=`max(${v}, ${h})`,T=`max(${y}, calc(${y} + ${h} - ${v}))`):(C=s((u(v)-u(h))/2),w=s(Math.max(u(v),u(h))),T=u(v)>u(h)?y:s(u(y)+u(h)-u(v))),{"--n-bezier":S,"--n-button-border-radius":x,"--n-button-box-shadow":a,"--n-button-color":c,"--n-button-width":g,"--n-button-width-pressed":_,"--n-button-height":h,"--n-height":w,"--n-offset":C,"--n-opacity-disabled":n,"--n-rail-border-radius":b,"--n-rail-color":r,"--n-rail-color-active":i,"--n-rail-height":v,"--n-rail-width":y,"--n-width":T,"--n-box-shadow-focus":l,"--n-loading-color":f,"--n-text-color":p,"--n-icon-color":m}}),z=i?c(`switch`,g(()=>d.value[0]),R,e):void 0;return{handleClick:k,handleBlur:P,handleFocus:N,handleKeyup:I,handleKeydown:L,mergedRailStyle:C,pressed:b,mergedClsPrefix:n,mergedValue:v,checked:y,mergedDisabled:p,cssVars:i?void 0:R,themeClass:z?.themeClass,onRender:z?.onRender}},render(){let{mergedClsPrefix:t,mergedDisabled:r,checked:i,mergedRailStyle:s,onRender:c,$slots:l}=this;c?.();let{checked:u,unchecked:f,icon:p,"checked-icon":m,"unchecked-icon":h}=l,g=!(k(p)&&k(m)&&k(h));return w(),S(`div`,{role:`switch`,"aria-checked":i,class:T([`${t}-switch`,this.themeClass,g&&`${t}-switch--icon`,i&&`${t}-switch--active`,r&&`${t}-switch--disabled`,this.round&&`${t}-switch--round`,this.loading&&`${t}-switch--loading`,this.pressed&&`${t}-switch--pressed`,this.rubberBand&&`${t}-switch--rubber-band`]),tabindex:this.mergedDisabled?void 0:0,style:a(this.cssVars),onClick:this.handleClick,onFocus:this.handleFocus,onBlur:this.handleBlur,onKeyup:this.handleKeyup,onKeydown:this.handleKeydown},[d(`div`,{class:T(`${t}-switch__rail`),"aria-hidden":`true`,style:a(s)},[o(()=>E(u,e=>E(f,n=>e||n?(w(),S(`div`,{key:4,"aria-hidden":!0,class:T(`${t}-switch__children-placeholder`)},[d(`div`,{class:T(`${t}-switch__rail-placeholder`)},[d(`div`,{class:T(`${t}-switch__button-placeholder`)},null,2),o(()=>e)],2),d(`div`,{class:T(`${t}-switch__rail-placeholder`)},[d(`div`,{class:T(`${t}-switch__button-placeholder`)},null,2),o(()=>n)],2)],2)):null))),d(`div`,{class:T(`${t}-switch__button`)},[o(()=>E(p,r=>E(m,i=>E(h,a=>(w(),e(n,null,{default:()=>this.loading?(w(),e(v,y({key:`loading`,clsPrefix:t,strokeWidth:20},this.spinProps),null,16,[`clsPrefix`])):this.checked&&(i||r)?(w(),S(`div`,{class:T(`${t}-switch__button-icon`),key:i?`checked-icon`:`icon`},[o(()=>i||r)],2)):!this.checked&&(a||r)?(w(),S(`div`,{class:T(`${t}-switch__button-icon`),key:a?`unchecked-icon`:`icon`},[o(()=>a||r)],2)):null},1024)))))),o(()=>E(u,e=>e&&(w(),S(`div`,{key:`checked`,class:T(`${t}-switch__checked`)},[o(()=>e)],2)))),o(()=>E(f,e=>e&&(w(),S(`div`,{key:`unchecked`,class:T(`${t}-switch__unchecked`)},[o(()=>e)],2))))],2)],6)],46,N)}});export{I as t};