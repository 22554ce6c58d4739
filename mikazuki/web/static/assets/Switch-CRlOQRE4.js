import{$t as e,Ct as t,Fn as n,Gt as r,I as i,Kt as a,Mn as o,N as s,O as c,S as l,St as u,V as d,Yt as f,_ as p,an as m,g as h,j as g,m as _,pn as v,qt as y,vt as b,wt as x,x as S,xt as C,yt as w,zn as T}from"./_plugin-vue_export-helper-7feDbWgl.js";import{F as E,M as D,V as O,m as k}from"./i18n-D5Ga6e_b.js";import{E as A}from"./index-Q9UsUwtw.js";import{t as j}from"./use-merged-state-B4XHzrZT.js";var M=w(`switch`,`
 height: var(--n-height);
 min-width: var(--n-width);
 vertical-align: middle;
 user-select: none;
 -webkit-user-select: none;
 display: inline-flex;
 outline: none;
 justify-content: center;
 align-items: center;
`,[C(`children-placeholder`,`
 height: var(--n-rail-height);
 display: flex;
 flex-direction: column;
 overflow: hidden;
 pointer-events: none;
 visibility: hidden;
 `),C(`rail-placeholder`,`
 display: flex;
 flex-wrap: none;
 `),C(`button-placeholder`,`
 width: calc(1.75 * var(--n-rail-height));
 height: var(--n-rail-height);
 `),w(`base-loading`,`
 position: absolute;
 top: 50%;
 left: 50%;
 transform: translateX(-50%) translateY(-50%);
 font-size: calc(var(--n-button-width) - 4px);
 color: var(--n-loading-color);
 transition: color .3s var(--n-bezier);
 `,[h({left:`50%`,top:`50%`,originalTransform:`translateX(-50%) translateY(-50%)`})]),C(`checked, unchecked`,`
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
 `),C(`checked`,`
 right: 0;
 padding-right: calc(1.25 * var(--n-rail-height) - var(--n-offset));
 `),C(`unchecked`,`
 left: 0;
 justify-content: flex-end;
 padding-left: calc(1.25 * var(--n-rail-height) - var(--n-offset));
 `),b(`&:focus`,[C(`rail`,`
 box-shadow: var(--n-box-shadow-focus);
 `)]),u(`round`,[C(`rail`,`border-radius: calc(var(--n-rail-height) / 2);`,[C(`button`,`border-radius: calc(var(--n-button-height) / 2);`)])]),t(`disabled`,[t(`icon`,[u(`rubber-band`,[u(`pressed`,[C(`rail`,[C(`button`,`max-width: var(--n-button-width-pressed);`)])]),C(`rail`,[b(`&:active`,[C(`button`,`max-width: var(--n-button-width-pressed);`)])]),u(`active`,[u(`pressed`,[C(`rail`,[C(`button`,`left: calc(100% - var(--n-offset) - var(--n-button-width-pressed));`)])]),C(`rail`,[b(`&:active`,[C(`button`,`left: calc(100% - var(--n-offset) - var(--n-button-width-pressed));`)])])])])])]),u(`active`,[C(`rail`,[C(`button`,`left: calc(100% - var(--n-button-width) - var(--n-offset))`)])]),C(`rail`,`
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
 `,[C(`button-icon`,`
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
 `,[h()]),C(`button`,`
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
 `)]),u(`active`,[C(`rail`,`background-color: var(--n-rail-color-active);`)]),u(`loading`,[C(`rail`,`
 cursor: wait;
 `)]),u(`disabled`,[C(`rail`,`
 cursor: not-allowed;
 opacity: .5;
 `)])]),N=[`aria-checked`,`tabindex`,`onClick`,`onFocus`,`onBlur`,`onKeyup`,`onKeydown`],P={...S.props,size:String,value:{type:[String,Number,Boolean],default:void 0},loading:Boolean,defaultValue:{type:[String,Number,Boolean],default:!1},disabled:{type:Boolean,default:void 0},round:{type:Boolean,default:!0},"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array],checkedValue:{type:[String,Number,Boolean],default:!0},uncheckedValue:{type:[String,Number,Boolean],default:!1},railStyle:Function,rubberBand:{type:Boolean,default:!0},spinProps:Object,onChange:[Function,Array]},F,I=e({name:`Switch`,props:P,slots:Object,setup(e){F===void 0&&(F=typeof CSS<`u`?CSS.supports!==void 0&&CSS.supports(`width`,`max(1px)`):!0);let{mergedClsPrefixRef:t,inlineThemeDisabled:i,mergedComponentPropsRef:a}=d(e),s=S(`Switch`,`-switch`,M,A,e,t),u=k(e,{mergedSize(t){return e.size===void 0?t?t.mergedSize.value:a?.value?.Switch?.size||`medium`:e.size}}),{mergedSizeRef:f,mergedDisabledRef:p}=u,m=o(e.defaultValue),h=n(e,`value`),_=j(h,m),v=r(()=>_.value===e.checkedValue),y=o(!1),b=o(!1),C=r(()=>{let{railStyle:t}=e;if(t)return t({focused:b.value,checked:v.value})});function w(t){let{"onUpdate:value":n,onChange:r,onUpdateValue:i}=e,{nTriggerFormInput:a,nTriggerFormChange:o}=u;n&&O(n,t),i&&O(i,t),r&&O(r,t),m.value=t,a(),o()}function T(){let{nTriggerFormFocus:e}=u;e()}function E(){let{nTriggerFormBlur:e}=u;e()}function D(){e.loading||p.value||(_.value===e.checkedValue?w(e.uncheckedValue):w(e.checkedValue))}function N(){b.value=!0,T()}function P(){b.value=!1,E(),y.value=!1}function I(t){e.loading||p.value||t.key===` `&&(_.value===e.checkedValue?w(e.uncheckedValue):w(e.checkedValue),y.value=!1)}function L(t){e.loading||p.value||t.key===` `&&(t.preventDefault(),y.value=!0)}let R=r(()=>{let{value:e}=f,{self:{opacityDisabled:t,railColor:n,railColorActive:r,buttonBoxShadow:i,buttonColor:a,boxShadowFocus:o,loadingColor:l,textColor:u,iconColor:d,[x(`buttonHeight`,e)]:p,[x(`buttonWidth`,e)]:m,[x(`buttonWidthPressed`,e)]:h,[x(`railHeight`,e)]:_,[x(`railWidth`,e)]:v,[x(`railBorderRadius`,e)]:y,[x(`buttonBorderRadius`,e)]:b},common:{cubicBezierEaseInOut:S}}=s.value,C,w,T;return F?(C=`calc((${_} - ${p}) / 2)`,w=`max(${_}, ${p})`,T=`max(${v}, calc(${v} + ${p} - ${_}))`):(C=g((c(_)-c(p))/2),w=g(Math.max(c(_),c(p))),T=c(_)>c(p)?v:g(c(v)+c(p)-c(_))),{"--n-bezier":S,"--n-button-border-radius":b,"--n-button-box-shadow":i,"--n-button-color":a,"--n-button-width":m,"--n-button-width-pressed":h,"--n-button-height":p,"--n-height":w,"--n-offset":C,"--n-opacity-disabled":t,"--n-rail-border-radius":y,"--n-rail-color":n,"--n-rail-color-active":r,"--n-rail-height":_,"--n-rail-width":v,"--n-width":T,"--n-box-shadow-focus":o,"--n-loading-color":l,"--n-text-color":u,"--n-icon-color":d}}),z=i?l(`switch`,r(()=>f.value[0]),R,e):void 0;return{handleClick:D,handleBlur:P,handleFocus:N,handleKeyup:I,handleKeydown:L,mergedRailStyle:C,pressed:y,mergedClsPrefix:t,mergedValue:_,checked:v,mergedDisabled:p,cssVars:i?void 0:R,themeClass:z?.themeClass,onRender:z?.onRender}},render(){let{mergedClsPrefix:e,mergedDisabled:t,checked:n,mergedRailStyle:r,onRender:o,$slots:c}=this;o?.();let{checked:l,unchecked:u,icon:d,"checked-icon":h,"unchecked-icon":g}=c,b=!(D(d)&&D(h)&&D(g));return v(),f(`div`,{role:`switch`,"aria-checked":n,class:s([`${e}-switch`,this.themeClass,b&&`${e}-switch--icon`,n&&`${e}-switch--active`,t&&`${e}-switch--disabled`,this.round&&`${e}-switch--round`,this.loading&&`${e}-switch--loading`,this.pressed&&`${e}-switch--pressed`,this.rubberBand&&`${e}-switch--rubber-band`]),tabindex:this.mergedDisabled?void 0:0,style:T(this.cssVars),onClick:this.handleClick,onFocus:this.handleFocus,onBlur:this.handleBlur,onKeyup:this.handleKeyup,onKeydown:this.handleKeydown},[a(`div`,{class:s(`${e}-switch__rail`),"aria-hidden":`true`,style:T(r)},[i(()=>E(l,t=>E(u,n=>t||n?(v(),f(`div`,{key:4,"aria-hidden":!0,class:s(`${e}-switch__children-placeholder`)},[a(`div`,{class:s(`${e}-switch__rail-placeholder`)},[a(`div`,{class:s(`${e}-switch__button-placeholder`)},null,2),i(()=>t)],2),a(`div`,{class:s(`${e}-switch__rail-placeholder`)},[a(`div`,{class:s(`${e}-switch__button-placeholder`)},null,2),i(()=>n)],2)],2)):null))),a(`div`,{class:s(`${e}-switch__button`)},[i(()=>E(d,t=>E(h,n=>E(g,r=>(v(),y(p,null,{default:()=>this.loading?(v(),y(_,m({key:`loading`,clsPrefix:e,strokeWidth:20},this.spinProps),null,16,[`clsPrefix`])):this.checked&&(n||t)?(v(),f(`div`,{class:s(`${e}-switch__button-icon`),key:n?`checked-icon`:`icon`},[i(()=>n||t)],2)):!this.checked&&(r||t)?(v(),f(`div`,{class:s(`${e}-switch__button-icon`),key:r?`unchecked-icon`:`icon`},[i(()=>r||t)],2)):null},1024)))))),i(()=>E(l,t=>t&&(v(),f(`div`,{key:`checked`,class:s(`${e}-switch__checked`)},[i(()=>t)],2)))),i(()=>E(u,t=>t&&(v(),f(`div`,{key:`unchecked`,class:s(`${e}-switch__unchecked`)},[i(()=>t)],2))))],2)],6)],46,N)}});export{I as t};