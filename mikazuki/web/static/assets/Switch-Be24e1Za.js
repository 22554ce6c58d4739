import{A as e,Br as t,Ct as n,D as r,Fn as i,Ft as a,Gt as o,In as s,Ln as c,M as l,Mn as u,Mt as d,Pn as f,Rt as p,Sr as m,St as h,Ur as g,Vt as _,Z as v,et as y,ir as b,jn as x,k as S,lr as C,mr as w,nr as T,or as E,ot as D,qr as O,rr as k}from"./_plugin-vue_export-helper-B-WZ0uXV.js";import{C as A}from"./index-BjIIC0LP.js";import{i as j}from"./Suffix-BI57B1ez.js";var M=u(`switch`,`
 height: var(--n-height);
 min-width: var(--n-width);
 vertical-align: middle;
 user-select: none;
 -webkit-user-select: none;
 display: inline-flex;
 outline: none;
 justify-content: center;
 align-items: center;
`,[f(`children-placeholder`,`
 height: var(--n-rail-height);
 display: flex;
 flex-direction: column;
 overflow: hidden;
 pointer-events: none;
 visibility: hidden;
 `),f(`rail-placeholder`,`
 display: flex;
 flex-wrap: none;
 `),f(`button-placeholder`,`
 width: calc(1.75 * var(--n-rail-height));
 height: var(--n-rail-height);
 `),u(`base-loading`,`
 position: absolute;
 top: 50%;
 left: 50%;
 transform: translateX(-50%) translateY(-50%);
 font-size: calc(var(--n-button-width) - 4px);
 color: var(--n-loading-color);
 transition: color .3s var(--n-bezier);
 `,[S({left:`50%`,top:`50%`,originalTransform:`translateX(-50%) translateY(-50%)`})]),f(`checked, unchecked`,`
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
 `),f(`checked`,`
 right: 0;
 padding-right: calc(1.25 * var(--n-rail-height) - var(--n-offset));
 `),f(`unchecked`,`
 left: 0;
 justify-content: flex-end;
 padding-left: calc(1.25 * var(--n-rail-height) - var(--n-offset));
 `),x(`&:focus`,[f(`rail`,`
 box-shadow: var(--n-box-shadow-focus);
 `)]),i(`round`,[f(`rail`,`border-radius: calc(var(--n-rail-height) / 2);`,[f(`button`,`border-radius: calc(var(--n-button-height) / 2);`)])]),s(`disabled`,[s(`icon`,[i(`rubber-band`,[i(`pressed`,[f(`rail`,[f(`button`,`max-width: var(--n-button-width-pressed);`)])]),f(`rail`,[x(`&:active`,[f(`button`,`max-width: var(--n-button-width-pressed);`)])]),i(`active`,[i(`pressed`,[f(`rail`,[f(`button`,`left: calc(100% - var(--n-offset) - var(--n-button-width-pressed));`)])]),f(`rail`,[x(`&:active`,[f(`button`,`left: calc(100% - var(--n-offset) - var(--n-button-width-pressed));`)])])])])])]),i(`active`,[f(`rail`,[f(`button`,`left: calc(100% - var(--n-button-width) - var(--n-offset))`)])]),f(`rail`,`
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
 `,[f(`button-icon`,`
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
 `,[S()]),f(`button`,`
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
 `)]),i(`active`,[f(`rail`,`background-color: var(--n-rail-color-active);`)]),i(`loading`,[f(`rail`,`
 cursor: wait;
 `)]),i(`disabled`,[f(`rail`,`
 cursor: not-allowed;
 opacity: .5;
 `)])]),N=[`aria-checked`,`tabindex`,`onClick`,`onFocus`,`onBlur`,`onKeyup`,`onKeydown`],P={...h.props,size:String,value:{type:[String,Number,Boolean],default:void 0},loading:Boolean,defaultValue:{type:[String,Number,Boolean],default:!1},disabled:{type:Boolean,default:void 0},round:{type:Boolean,default:!0},"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array],checkedValue:{type:[String,Number,Boolean],default:!0},uncheckedValue:{type:[String,Number,Boolean],default:!1},railStyle:Function,rubberBand:{type:Boolean,default:!0},spinProps:Object,onChange:[Function,Array]},F,I=C({name:`Switch`,props:P,slots:Object,setup(e){F===void 0&&(F=typeof CSS<`u`?CSS.supports!==void 0&&CSS.supports(`width`,`max(1px)`):!0);let{mergedClsPrefixRef:r,inlineThemeDisabled:i,mergedComponentPropsRef:s}=o(e),u=h(`Switch`,`-switch`,M,A,e,r),f=l(e,{mergedSize(t){return e.size===void 0?t?t.mergedSize.value:s?.value?.Switch?.size||`medium`:e.size}}),{mergedSizeRef:p,mergedDisabledRef:m}=f,_=t(e.defaultValue),v=g(e,`value`),y=j(v,_),b=T(()=>y.value===e.checkedValue),x=t(!1),S=t(!1),C=T(()=>{let{railStyle:t}=e;if(t)return t({focused:S.value,checked:b.value})});function w(t){let{"onUpdate:value":n,onChange:r,onUpdateValue:i}=e,{nTriggerFormInput:a,nTriggerFormChange:o}=f;n&&D(n,t),i&&D(i,t),r&&D(r,t),_.value=t,a(),o()}function E(){let{nTriggerFormFocus:e}=f;e()}function O(){let{nTriggerFormBlur:e}=f;e()}function k(){e.loading||m.value||(y.value===e.checkedValue?w(e.uncheckedValue):w(e.checkedValue))}function N(){S.value=!0,E()}function P(){S.value=!1,O(),x.value=!1}function I(t){e.loading||m.value||t.key===` `&&(y.value===e.checkedValue?w(e.uncheckedValue):w(e.checkedValue),x.value=!1)}function L(t){e.loading||m.value||t.key===` `&&(t.preventDefault(),x.value=!0)}let R=T(()=>{let{value:e}=p,{self:{opacityDisabled:t,railColor:n,railColorActive:r,buttonBoxShadow:i,buttonColor:o,boxShadowFocus:s,loadingColor:l,textColor:f,iconColor:m,[c(`buttonHeight`,e)]:h,[c(`buttonWidth`,e)]:g,[c(`buttonWidthPressed`,e)]:_,[c(`railHeight`,e)]:v,[c(`railWidth`,e)]:y,[c(`railBorderRadius`,e)]:b,[c(`buttonBorderRadius`,e)]:x},common:{cubicBezierEaseInOut:S}}=u.value,C,w,T;return F?(C=`calc((${v} - ${h}) / 2)`,w=`max(${v}, ${h})`,T=`max(${y}, calc(${y} + ${h} - ${v}))`):(C=a((d(v)-d(h))/2),w=a(Math.max(d(v),d(h))),T=d(v)>d(h)?y:a(d(y)+d(h)-d(v))),{"--n-bezier":S,"--n-button-border-radius":x,"--n-button-box-shadow":i,"--n-button-color":o,"--n-button-width":g,"--n-button-width-pressed":_,"--n-button-height":h,"--n-height":w,"--n-offset":C,"--n-opacity-disabled":t,"--n-rail-border-radius":b,"--n-rail-color":n,"--n-rail-color-active":r,"--n-rail-height":v,"--n-rail-width":y,"--n-width":T,"--n-box-shadow-focus":s,"--n-loading-color":l,"--n-text-color":f,"--n-icon-color":m}}),z=i?n(`switch`,T(()=>p.value[0]),R,e):void 0;return{handleClick:k,handleBlur:P,handleFocus:N,handleKeyup:I,handleKeydown:L,mergedRailStyle:C,pressed:x,mergedClsPrefix:r,mergedValue:y,checked:b,mergedDisabled:m,cssVars:i?void 0:R,themeClass:z?.themeClass,onRender:z?.onRender}},render(){let{mergedClsPrefix:t,mergedDisabled:n,checked:i,mergedRailStyle:a,onRender:o,$slots:s}=this;o?.();let{checked:c,unchecked:l,icon:u,"checked-icon":d,"unchecked-icon":f}=s,h=!(v(u)&&v(d)&&v(f));return m(),E(`div`,{role:`switch`,"aria-checked":i,class:p([`${t}-switch`,this.themeClass,h&&`${t}-switch--icon`,i&&`${t}-switch--active`,n&&`${t}-switch--disabled`,this.round&&`${t}-switch--round`,this.loading&&`${t}-switch--loading`,this.pressed&&`${t}-switch--pressed`,this.rubberBand&&`${t}-switch--rubber-band`]),tabindex:this.mergedDisabled?void 0:0,style:O(this.cssVars),onClick:this.handleClick,onFocus:this.handleFocus,onBlur:this.handleBlur,onKeyup:this.handleKeyup,onKeydown:this.handleKeydown},[k(`div`,{class:p(`${t}-switch__rail`),"aria-hidden":`true`,style:O(a)},[_(()=>y(c,e=>y(l,n=>e||n?(m(),E(`div`,{key:4,"aria-hidden":!0,class:p(`${t}-switch__children-placeholder`)},[k(`div`,{class:p(`${t}-switch__rail-placeholder`)},[k(`div`,{class:p(`${t}-switch__button-placeholder`)},null,2),_(()=>e)],2),k(`div`,{class:p(`${t}-switch__rail-placeholder`)},[k(`div`,{class:p(`${t}-switch__button-placeholder`)},null,2),_(()=>n)],2)],2)):null))),k(`div`,{class:p(`${t}-switch__button`)},[_(()=>y(u,n=>y(d,i=>y(f,a=>(m(),b(e,null,{default:()=>this.loading?(m(),b(r,w({key:`loading`,clsPrefix:t,strokeWidth:20},this.spinProps),null,16,[`clsPrefix`])):this.checked&&(i||n)?(m(),E(`div`,{class:p(`${t}-switch__button-icon`),key:i?`checked-icon`:`icon`},[_(()=>i||n)],2)):!this.checked&&(a||n)?(m(),E(`div`,{class:p(`${t}-switch__button-icon`),key:a?`unchecked-icon`:`icon`},[_(()=>a||n)],2)):null},1024)))))),_(()=>y(c,e=>e&&(m(),E(`div`,{key:`checked`,class:p(`${t}-switch__checked`)},[_(()=>e)],2)))),_(()=>y(l,e=>e&&(m(),E(`div`,{key:`unchecked`,class:p(`${t}-switch__unchecked`)},[_(()=>e)],2))))],2)],6)],46,N)}});export{I as t};