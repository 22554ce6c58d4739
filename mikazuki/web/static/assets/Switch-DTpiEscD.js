import{$t as e,Ct as t,Gt as n,I as r,Kt as i,N as a,O as o,Pn as s,Rn as c,S as l,St as u,V as d,Yt as f,_ as p,an as m,g as h,j as g,jn as _,m as v,pn as y,qt as b,vt as x,wt as S,x as C,xt as w,yt as T}from"./_plugin-vue_export-helper-nX_YewPX.js";import{F as E,M as D,V as O,m as k}from"./i18n-7fhTEx4s.js";import{D as A}from"./index-DhzwMCm2.js";import{t as j}from"./use-merged-state-Cvl8sWHP.js";var M=T(`switch`,`
 height: var(--n-height);
 min-width: var(--n-width);
 vertical-align: middle;
 user-select: none;
 -webkit-user-select: none;
 display: inline-flex;
 outline: none;
 justify-content: center;
 align-items: center;
`,[w(`children-placeholder`,`
 height: var(--n-rail-height);
 display: flex;
 flex-direction: column;
 overflow: hidden;
 pointer-events: none;
 visibility: hidden;
 `),w(`rail-placeholder`,`
 display: flex;
 flex-wrap: none;
 `),w(`button-placeholder`,`
 width: calc(1.75 * var(--n-rail-height));
 height: var(--n-rail-height);
 `),T(`base-loading`,`
 position: absolute;
 top: 50%;
 left: 50%;
 transform: translateX(-50%) translateY(-50%);
 font-size: calc(var(--n-button-width) - 4px);
 color: var(--n-loading-color);
 transition: color .3s var(--n-bezier);
 `,[h({left:`50%`,top:`50%`,originalTransform:`translateX(-50%) translateY(-50%)`})]),w(`checked, unchecked`,`
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
 `),w(`checked`,`
 right: 0;
 padding-right: calc(1.25 * var(--n-rail-height) - var(--n-offset));
 `),w(`unchecked`,`
 left: 0;
 justify-content: flex-end;
 padding-left: calc(1.25 * var(--n-rail-height) - var(--n-offset));
 `),x(`&:focus`,[w(`rail`,`
 box-shadow: var(--n-box-shadow-focus);
 `)]),u(`round`,[w(`rail`,`border-radius: calc(var(--n-rail-height) / 2);`,[w(`button`,`border-radius: calc(var(--n-button-height) / 2);`)])]),t(`disabled`,[t(`icon`,[u(`rubber-band`,[u(`pressed`,[w(`rail`,[w(`button`,`max-width: var(--n-button-width-pressed);`)])]),w(`rail`,[x(`&:active`,[w(`button`,`max-width: var(--n-button-width-pressed);`)])]),u(`active`,[u(`pressed`,[w(`rail`,[w(`button`,`left: calc(100% - var(--n-offset) - var(--n-button-width-pressed));`)])]),w(`rail`,[x(`&:active`,[w(`button`,`left: calc(100% - var(--n-offset) - var(--n-button-width-pressed));`)])])])])])]),u(`active`,[w(`rail`,[w(`button`,`left: calc(100% - var(--n-button-width) - var(--n-offset))`)])]),w(`rail`,`
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
 `,[w(`button-icon`,`
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
 `,[h()]),w(`button`,`
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
 `)]),u(`active`,[w(`rail`,`background-color: var(--n-rail-color-active);`)]),u(`loading`,[w(`rail`,`
 cursor: wait;
 `)]),u(`disabled`,[w(`rail`,`
 cursor: not-allowed;
 opacity: .5;
 `)])]),N=[`aria-checked`,`tabindex`,`onClick`,`onFocus`,`onBlur`,`onKeyup`,`onKeydown`],P={...C.props,size:String,value:{type:[String,Number,Boolean],default:void 0},loading:Boolean,defaultValue:{type:[String,Number,Boolean],default:!1},disabled:{type:Boolean,default:void 0},round:{type:Boolean,default:!0},"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array],checkedValue:{type:[String,Number,Boolean],default:!0},uncheckedValue:{type:[String,Number,Boolean],default:!1},railStyle:Function,rubberBand:{type:Boolean,default:!0},spinProps:Object,onChange:[Function,Array]},F,I=e({name:`Switch`,props:P,slots:Object,setup(e){F===void 0&&(F=typeof CSS<`u`?CSS.supports!==void 0&&CSS.supports(`width`,`max(1px)`):!0);let{mergedClsPrefixRef:t,inlineThemeDisabled:r,mergedComponentPropsRef:i}=d(e),a=C(`Switch`,`-switch`,M,A,e,t),c=k(e,{mergedSize(t){return e.size===void 0?t?t.mergedSize.value:i?.value?.Switch?.size||`medium`:e.size}}),{mergedSizeRef:u,mergedDisabledRef:f}=c,p=_(e.defaultValue),m=s(e,`value`),h=j(m,p),v=n(()=>h.value===e.checkedValue),y=_(!1),b=_(!1),x=n(()=>{let{railStyle:t}=e;if(t)return t({focused:b.value,checked:v.value})});function w(t){let{"onUpdate:value":n,onChange:r,onUpdateValue:i}=e,{nTriggerFormInput:a,nTriggerFormChange:o}=c;n&&O(n,t),i&&O(i,t),r&&O(r,t),p.value=t,a(),o()}function T(){let{nTriggerFormFocus:e}=c;e()}function E(){let{nTriggerFormBlur:e}=c;e()}function D(){e.loading||f.value||(h.value===e.checkedValue?w(e.uncheckedValue):w(e.checkedValue))}function N(){b.value=!0,T()}function P(){b.value=!1,E(),y.value=!1}function I(t){e.loading||f.value||t.key===` `&&(h.value===e.checkedValue?w(e.uncheckedValue):w(e.checkedValue),y.value=!1)}function L(t){e.loading||f.value||t.key===` `&&(t.preventDefault(),y.value=!0)}let R=n(()=>{let{value:e}=u,{self:{opacityDisabled:t,railColor:n,railColorActive:r,buttonBoxShadow:i,buttonColor:s,boxShadowFocus:c,loadingColor:l,textColor:d,iconColor:f,[S(`buttonHeight`,e)]:p,[S(`buttonWidth`,e)]:m,[S(`buttonWidthPressed`,e)]:h,[S(`railHeight`,e)]:_,[S(`railWidth`,e)]:v,[S(`railBorderRadius`,e)]:y,[S(`buttonBorderRadius`,e)]:b},common:{cubicBezierEaseInOut:x}}=a.value,C,w,T;return F?(C=`calc((${_} - ${p}) / 2)`,w=`max(${_}, ${p})`,T=`max(${v}, calc(${v} + ${p} - ${_}))`):(C=g((o(_)-o(p))/2),w=g(Math.max(o(_),o(p))),T=o(_)>o(p)?v:g(o(v)+o(p)-o(_))),{"--n-bezier":x,"--n-button-border-radius":b,"--n-button-box-shadow":i,"--n-button-color":s,"--n-button-width":m,"--n-button-width-pressed":h,"--n-button-height":p,"--n-height":w,"--n-offset":C,"--n-opacity-disabled":t,"--n-rail-border-radius":y,"--n-rail-color":n,"--n-rail-color-active":r,"--n-rail-height":_,"--n-rail-width":v,"--n-width":T,"--n-box-shadow-focus":c,"--n-loading-color":l,"--n-text-color":d,"--n-icon-color":f}}),z=r?l(`switch`,n(()=>u.value[0]),R,e):void 0;return{handleClick:D,handleBlur:P,handleFocus:N,handleKeyup:I,handleKeydown:L,mergedRailStyle:x,pressed:y,mergedClsPrefix:t,mergedValue:h,checked:v,mergedDisabled:f,cssVars:r?void 0:R,themeClass:z?.themeClass,onRender:z?.onRender}},render(){let{mergedClsPrefix:e,mergedDisabled:t,checked:n,mergedRailStyle:o,onRender:s,$slots:l}=this;s?.();let{checked:u,unchecked:d,icon:h,"checked-icon":g,"unchecked-icon":_}=l,x=!(D(h)&&D(g)&&D(_));return y(),f(`div`,{role:`switch`,"aria-checked":n,class:a([`${e}-switch`,this.themeClass,x&&`${e}-switch--icon`,n&&`${e}-switch--active`,t&&`${e}-switch--disabled`,this.round&&`${e}-switch--round`,this.loading&&`${e}-switch--loading`,this.pressed&&`${e}-switch--pressed`,this.rubberBand&&`${e}-switch--rubber-band`]),tabindex:this.mergedDisabled?void 0:0,style:c(this.cssVars),onClick:this.handleClick,onFocus:this.handleFocus,onBlur:this.handleBlur,onKeyup:this.handleKeyup,onKeydown:this.handleKeydown},[i(`div`,{class:a(`${e}-switch__rail`),"aria-hidden":`true`,style:c(o)},[r(()=>E(u,t=>E(d,n=>t||n?(y(),f(`div`,{key:4,"aria-hidden":!0,class:a(`${e}-switch__children-placeholder`)},[i(`div`,{class:a(`${e}-switch__rail-placeholder`)},[i(`div`,{class:a(`${e}-switch__button-placeholder`)},null,2),r(()=>t)],2),i(`div`,{class:a(`${e}-switch__rail-placeholder`)},[i(`div`,{class:a(`${e}-switch__button-placeholder`)},null,2),r(()=>n)],2)],2)):null))),i(`div`,{class:a(`${e}-switch__button`)},[r(()=>E(h,t=>E(g,n=>E(_,i=>(y(),b(p,null,{default:()=>this.loading?(y(),b(v,m({key:`loading`,clsPrefix:e,strokeWidth:20},this.spinProps),null,16,[`clsPrefix`])):this.checked&&(n||t)?(y(),f(`div`,{class:a(`${e}-switch__button-icon`),key:n?`checked-icon`:`icon`},[r(()=>n||t)],2)):!this.checked&&(i||t)?(y(),f(`div`,{class:a(`${e}-switch__button-icon`),key:i?`unchecked-icon`:`icon`},[r(()=>i||t)],2)):null},1024)))))),r(()=>E(u,t=>t&&(y(),f(`div`,{key:`checked`,class:a(`${e}-switch__checked`)},[r(()=>t)],2)))),r(()=>E(d,t=>t&&(y(),f(`div`,{key:`unchecked`,class:a(`${e}-switch__unchecked`)},[r(()=>t)],2))))],2)],6)],46,N)}});export{I as t};