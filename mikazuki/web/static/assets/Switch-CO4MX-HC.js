import{A as e,Cr as t,Ct as n,D as r,Fn as i,Ft as a,Gt as o,In as s,Jr as c,Ln as l,M as u,Mn as d,Mt as f,Pn as p,Rt as m,St as h,Vr as g,Vt as _,Wr as v,Z as y,ar as b,et as x,hr as S,ir as C,jn as w,k as T,ot as E,rr as D,sr as O,ur as k}from"./_plugin-vue_export-helper-DwV3C7qz.js";import{S as A}from"./index-5ayaQeka.js";import{o as j}from"./Suffix-C3anGkvU.js";var M=d(`switch`,`
 height: var(--n-height);
 min-width: var(--n-width);
 vertical-align: middle;
 user-select: none;
 -webkit-user-select: none;
 display: inline-flex;
 outline: none;
 justify-content: center;
 align-items: center;
`,[p(`children-placeholder`,`
 height: var(--n-rail-height);
 display: flex;
 flex-direction: column;
 overflow: hidden;
 pointer-events: none;
 visibility: hidden;
 `),p(`rail-placeholder`,`
 display: flex;
 flex-wrap: none;
 `),p(`button-placeholder`,`
 width: calc(1.75 * var(--n-rail-height));
 height: var(--n-rail-height);
 `),d(`base-loading`,`
 position: absolute;
 top: 50%;
 left: 50%;
 transform: translateX(-50%) translateY(-50%);
 font-size: calc(var(--n-button-width) - 4px);
 color: var(--n-loading-color);
 transition: color .3s var(--n-bezier);
 `,[T({left:`50%`,top:`50%`,originalTransform:`translateX(-50%) translateY(-50%)`})]),p(`checked, unchecked`,`
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
 `),p(`checked`,`
 right: 0;
 padding-right: calc(1.25 * var(--n-rail-height) - var(--n-offset));
 `),p(`unchecked`,`
 left: 0;
 justify-content: flex-end;
 padding-left: calc(1.25 * var(--n-rail-height) - var(--n-offset));
 `),w(`&:focus`,[p(`rail`,`
 box-shadow: var(--n-box-shadow-focus);
 `)]),i(`round`,[p(`rail`,`border-radius: calc(var(--n-rail-height) / 2);`,[p(`button`,`border-radius: calc(var(--n-button-height) / 2);`)])]),s(`disabled`,[s(`icon`,[i(`rubber-band`,[i(`pressed`,[p(`rail`,[p(`button`,`max-width: var(--n-button-width-pressed);`)])]),p(`rail`,[w(`&:active`,[p(`button`,`max-width: var(--n-button-width-pressed);`)])]),i(`active`,[i(`pressed`,[p(`rail`,[p(`button`,`left: calc(100% - var(--n-offset) - var(--n-button-width-pressed));`)])]),p(`rail`,[w(`&:active`,[p(`button`,`left: calc(100% - var(--n-offset) - var(--n-button-width-pressed));`)])])])])])]),i(`active`,[p(`rail`,[p(`button`,`left: calc(100% - var(--n-button-width) - var(--n-offset))`)])]),p(`rail`,`
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
 `,[p(`button-icon`,`
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
 `,[T()]),p(`button`,`
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
 `)]),i(`active`,[p(`rail`,`background-color: var(--n-rail-color-active);`)]),i(`loading`,[p(`rail`,`
 cursor: wait;
 `)]),i(`disabled`,[p(`rail`,`
 cursor: not-allowed;
 opacity: .5;
 `)])]),N=[`aria-checked`,`tabindex`,`onClick`,`onFocus`,`onBlur`,`onKeyup`,`onKeydown`],P={...h.props,size:String,value:{type:[String,Number,Boolean],default:void 0},loading:Boolean,defaultValue:{type:[String,Number,Boolean],default:!1},disabled:{type:Boolean,default:void 0},round:{type:Boolean,default:!0},"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array],checkedValue:{type:[String,Number,Boolean],default:!0},uncheckedValue:{type:[String,Number,Boolean],default:!1},railStyle:Function,rubberBand:{type:Boolean,default:!0},spinProps:Object,onChange:[Function,Array]},F,I=k({name:`Switch`,props:P,slots:Object,setup(e){F===void 0&&(F=typeof CSS<`u`?CSS.supports!==void 0&&CSS.supports(`width`,`max(1px)`):!0);let{mergedClsPrefixRef:t,inlineThemeDisabled:r,mergedComponentPropsRef:i}=o(e),s=h(`Switch`,`-switch`,M,A,e,t),c=u(e,{mergedSize(t){return e.size===void 0?t?t.mergedSize.value:i?.value?.Switch?.size||`medium`:e.size}}),{mergedSizeRef:d,mergedDisabledRef:p}=c,m=g(e.defaultValue),_=v(e,`value`),y=j(_,m),b=D(()=>y.value===e.checkedValue),x=g(!1),S=g(!1),C=D(()=>{let{railStyle:t}=e;if(t)return t({focused:S.value,checked:b.value})});function w(t){let{"onUpdate:value":n,onChange:r,onUpdateValue:i}=e,{nTriggerFormInput:a,nTriggerFormChange:o}=c;n&&E(n,t),i&&E(i,t),r&&E(r,t),m.value=t,a(),o()}function T(){let{nTriggerFormFocus:e}=c;e()}function O(){let{nTriggerFormBlur:e}=c;e()}function k(){e.loading||p.value||(y.value===e.checkedValue?w(e.uncheckedValue):w(e.checkedValue))}function N(){S.value=!0,T()}function P(){S.value=!1,O(),x.value=!1}function I(t){e.loading||p.value||t.key===` `&&(y.value===e.checkedValue?w(e.uncheckedValue):w(e.checkedValue),x.value=!1)}function L(t){e.loading||p.value||t.key===` `&&(t.preventDefault(),x.value=!0)}let R=D(()=>{let{value:e}=d,{self:{opacityDisabled:t,railColor:n,railColorActive:r,buttonBoxShadow:i,buttonColor:o,boxShadowFocus:c,loadingColor:u,textColor:p,iconColor:m,[l(`buttonHeight`,e)]:h,[l(`buttonWidth`,e)]:g,[l(`buttonWidthPressed`,e)]:_,[l(`railHeight`,e)]:v,[l(`railWidth`,e)]:y,[l(`railBorderRadius`,e)]:b,[l(`buttonBorderRadius`,e)]:x},common:{cubicBezierEaseInOut:S}}=s.value,C,w,T;return F?(C=`calc((${v} - ${h}) / 2)`,w=`max(${v}, ${h})`,T=`max(${y}, calc(${y} + ${h} - ${v}))`):(C=a((f(v)-f(h))/2),w=a(Math.max(f(v),f(h))),T=f(v)>f(h)?y:a(f(y)+f(h)-f(v))),{"--n-bezier":S,"--n-button-border-radius":x,"--n-button-box-shadow":i,"--n-button-color":o,"--n-button-width":g,"--n-button-width-pressed":_,"--n-button-height":h,"--n-height":w,"--n-offset":C,"--n-opacity-disabled":t,"--n-rail-border-radius":b,"--n-rail-color":n,"--n-rail-color-active":r,"--n-rail-height":v,"--n-rail-width":y,"--n-width":T,"--n-box-shadow-focus":c,"--n-loading-color":u,"--n-text-color":p,"--n-icon-color":m}}),z=r?n(`switch`,D(()=>d.value[0]),R,e):void 0;return{handleClick:k,handleBlur:P,handleFocus:N,handleKeyup:I,handleKeydown:L,mergedRailStyle:C,pressed:x,mergedClsPrefix:t,mergedValue:y,checked:b,mergedDisabled:p,cssVars:r?void 0:R,themeClass:z?.themeClass,onRender:z?.onRender}},render(){let{mergedClsPrefix:n,mergedDisabled:i,checked:a,mergedRailStyle:o,onRender:s,$slots:l}=this;s?.();let{checked:u,unchecked:d,icon:f,"checked-icon":p,"unchecked-icon":h}=l,g=!(y(f)&&y(p)&&y(h));return t(),O(`div`,{role:`switch`,"aria-checked":a,class:m([`${n}-switch`,this.themeClass,g&&`${n}-switch--icon`,a&&`${n}-switch--active`,i&&`${n}-switch--disabled`,this.round&&`${n}-switch--round`,this.loading&&`${n}-switch--loading`,this.pressed&&`${n}-switch--pressed`,this.rubberBand&&`${n}-switch--rubber-band`]),tabindex:this.mergedDisabled?void 0:0,style:c(this.cssVars),onClick:this.handleClick,onFocus:this.handleFocus,onBlur:this.handleBlur,onKeyup:this.handleKeyup,onKeydown:this.handleKeydown},[C(`div`,{class:m(`${n}-switch__rail`),"aria-hidden":`true`,style:c(o)},[_(()=>x(u,e=>x(d,r=>e||r?(t(),O(`div`,{key:4,"aria-hidden":!0,class:m(`${n}-switch__children-placeholder`)},[C(`div`,{class:m(`${n}-switch__rail-placeholder`)},[C(`div`,{class:m(`${n}-switch__button-placeholder`)},null,2),_(()=>e)],2),C(`div`,{class:m(`${n}-switch__rail-placeholder`)},[C(`div`,{class:m(`${n}-switch__button-placeholder`)},null,2),_(()=>r)],2)],2)):null))),C(`div`,{class:m(`${n}-switch__button`)},[_(()=>x(f,i=>x(p,a=>x(h,o=>(t(),b(e,null,{default:()=>this.loading?(t(),b(r,S({key:`loading`,clsPrefix:n,strokeWidth:20},this.spinProps),null,16,[`clsPrefix`])):this.checked&&(a||i)?(t(),O(`div`,{class:m(`${n}-switch__button-icon`),key:a?`checked-icon`:`icon`},[_(()=>a||i)],2)):!this.checked&&(o||i)?(t(),O(`div`,{class:m(`${n}-switch__button-icon`),key:o?`unchecked-icon`:`icon`},[_(()=>o||i)],2)):null},1024)))))),_(()=>x(u,e=>e&&(t(),O(`div`,{key:`checked`,class:m(`${n}-switch__checked`)},[_(()=>e)],2)))),_(()=>x(d,e=>e&&(t(),O(`div`,{key:`unchecked`,class:m(`${n}-switch__unchecked`)},[_(()=>e)],2))))],2)],6)],46,N)}});export{I as t};