import{a as e,c as t,i as n,l as r,o as i,t as a,u as o}from"./Popover-UVc6psB9.js";import{G as s,K as c,V as l,Z as u,ct as d,lt as f}from"./index-Q9UsUwtw.js";import{A as p,C as m,E as h,F as g,N as _,V as v,W as y,et as b,it as ee,k as te,l as x,m as ne,u as S,y as re}from"./i18n-D5Ga6e_b.js";import{$t as C,A as w,At as ie,Cn as T,Ct as ae,Fn as E,Gt as D,I as O,Kt as k,Lt as A,M as j,Mn as M,N,O as oe,P,R as F,S as se,Sn as I,St as L,Tn as R,V as ce,Vt as z,Yt as B,Zt as V,an as H,dn as le,gn as ue,ln as de,m as fe,mn as pe,nn as U,on as W,pn as G,qt as K,tn as me,vt as q,wt as J,x as Y,xt as X,y as he,yt as Z,zn as Q}from"./_plugin-vue_export-helper-7feDbWgl.js";import{r as ge,t as _e}from"./Suffix-bpBtwV46.js";import{t as ve}from"./happens-in-D4nrdV77.js";import{t as ye}from"./VirtualList-BcMrPS-_.js";import{n as be,t as xe}from"./create-D7dzyDGo.js";import{t as Se}from"./Tag-CAPLfr5y.js";import{n as Ce,t as we}from"./cssr-xCZbalbn.js";import{t as Te}from"./use-compitable-ZsBM9t9F.js";import{t as Ee}from"./use-merged-state-B4XHzrZT.js";var De=C({name:`Empty`,render(){return(()=>{let e=j(`15c1a247ae156450`);return e[0]||=k(`svg`,{viewBox:`0 0 28 28`,fill:`none`,xmlns:`http://www.w3.org/2000/svg`},[k(`path`,{d:`M26 7.5C26 11.0899 23.0899 14 19.5 14C15.9101 14 13 11.0899 13 7.5C13 3.91015 15.9101 1 19.5 1C23.0899 1 26 3.91015 26 7.5ZM16.8536 4.14645C16.6583 3.95118 16.3417 3.95118 16.1464 4.14645C15.9512 4.34171 15.9512 4.65829 16.1464 4.85355L18.7929 7.5L16.1464 10.1464C15.9512 10.3417 15.9512 10.6583 16.1464 10.8536C16.3417 11.0488 16.6583 11.0488 16.8536 10.8536L19.5 8.20711L22.1464 10.8536C22.3417 11.0488 22.6583 11.0488 22.8536 10.8536C23.0488 10.6583 23.0488 10.3417 22.8536 10.1464L20.2071 7.5L22.8536 4.85355C23.0488 4.65829 23.0488 4.34171 22.8536 4.14645C22.6583 3.95118 22.3417 3.95118 22.1464 4.14645L19.5 6.79289L16.8536 4.14645Z`,fill:`currentColor`}),k(`path`,{d:`M25 22.75V12.5991C24.5572 13.0765 24.053 13.4961 23.5 13.8454V16H17.5L17.3982 16.0068C17.0322 16.0565 16.75 16.3703 16.75 16.75C16.75 18.2688 15.5188 19.5 14 19.5C12.4812 19.5 11.25 18.2688 11.25 16.75L11.2432 16.6482C11.1935 16.2822 10.8797 16 10.5 16H4.5V7.25C4.5 6.2835 5.2835 5.5 6.25 5.5H12.2696C12.4146 4.97463 12.6153 4.47237 12.865 4H6.25C4.45507 4 3 5.45507 3 7.25V22.75C3 24.5449 4.45507 26 6.25 26H21.75C23.5449 26 25 24.5449 25 22.75ZM4.5 22.75V17.5H9.81597L9.85751 17.7041C10.2905 19.5919 11.9808 21 14 21L14.215 20.9947C16.2095 20.8953 17.842 19.4209 18.184 17.5H23.5V22.75C23.5 23.7165 22.7165 24.5 21.75 24.5H6.25C5.2835 24.5 4.5 23.7165 4.5 22.75Z`,fill:`currentColor`})],-1)})()}}),Oe=Z(`empty`,`
 display: flex;
 flex-direction: column;
 align-items: center;
 font-size: var(--n-font-size);
`,[X(`icon`,`
 width: var(--n-icon-size);
 height: var(--n-icon-size);
 font-size: var(--n-icon-size);
 line-height: var(--n-icon-size);
 color: var(--n-icon-color);
 transition:
 color .3s var(--n-bezier);
 `,[q(`+`,[X(`description`,`
 margin-top: 8px;
 `)])]),X(`description`,`
 transition: color .3s var(--n-bezier);
 color: var(--n-text-color);
 `),X(`extra`,`
 text-align: center;
 transition: color .3s var(--n-bezier);
 margin-top: 12px;
 color: var(--n-extra-text-color);
 `)]),ke={...Y.props,description:String,showDescription:{type:Boolean,default:!0},showIcon:{type:Boolean,default:!0},size:{type:String,default:`medium`},renderIcon:Function},Ae=C({name:`Empty`,props:ke,slots:Object,setup(e){let{mergedClsPrefixRef:t,inlineThemeDisabled:n,mergedComponentPropsRef:r}=ce(e),i=Y(`Empty`,`-empty`,Oe,f,e,t),{localeRef:a}=ge(`Empty`),o=D(()=>e.description??r?.value?.Empty?.description),s=D(()=>r?.value?.Empty?.renderIcon||(()=>(G(),K(De)))),c=D(()=>{let{size:t}=e,{common:{cubicBezierEaseInOut:n},self:{[J(`iconSize`,t)]:r,[J(`fontSize`,t)]:a,textColor:o,iconColor:s,extraTextColor:c}}=i.value;return{"--n-icon-size":r,"--n-font-size":a,"--n-bezier":n,"--n-text-color":o,"--n-icon-color":s,"--n-extra-text-color":c}}),l=n?se(`empty`,D(()=>{let t=``,{size:n}=e;return t+=n[0],t}),c,e):void 0;return{mergedClsPrefix:t,mergedRenderIcon:s,localizedDescription:D(()=>o.value||a.value.description),cssVars:n?void 0:c,themeClass:l?.themeClass,onRender:l?.onRender}},render(){let{$slots:e,mergedClsPrefix:t,onRender:n}=this;return n?.(),G(),B(`div`,{class:N([`${t}-empty`,this.themeClass]),style:Q(this.cssVars)},[this.showIcon?(G(),B(`div`,{key:0,class:N(`${t}-empty__icon`)},[e.icon?(G(),B(z,{key:0},[O(()=>e.icon())],64)):(G(),K(b,{key:1,clsPrefix:t},{default:this.mergedRenderIcon},1032,[`clsPrefix`]))],2)):O(()=>null),this.showDescription?(G(),B(`div`,{key:2,class:N(`${t}-empty__description`)},[e.default?(G(),B(z,{key:0},[O(()=>e.default())],64)):(G(),B(z,{key:1},[O(()=>this.localizedDescription)],64))],2)):O(()=>null),e.extra?(G(),B(`div`,{key:4,class:N(`${t}-empty__extra`)},[O(()=>e.extra())],2)):O(()=>null)],6)}}),$=`v-hidden`,je=we(`[v-hidden]`,{display:`none!important`}),Me=C({name:`Overflow`,props:{getCounter:Function,getTail:Function,updateCounter:Function,onUpdateCount:Function,onUpdateOverflow:Function},setup(e,{slots:t}){let n=M(null),r=M(null);function i(i){let{value:a}=n,{getCounter:o,getTail:s}=e,c;if(c=o===void 0?r.value:o(),!a||!c)return;c.hasAttribute($)&&c.removeAttribute($);let{children:l}=a;if(i.showAllItemsBeforeCalculate)for(let e of l)e.hasAttribute($)&&e.removeAttribute($);let u=a.offsetWidth,d=[],f=t.tail?s?.():null,p=f?f.offsetWidth:0,m=!1,h=a.children.length-+!!t.tail;for(let t=0;t<h-1;++t){if(t<0)continue;let n=l[t];if(m){n.hasAttribute($)||n.setAttribute($,``);continue}n.hasAttribute($)&&n.removeAttribute($);let r=n.offsetWidth;if(p+=r,d[t]=r,p>u){let{updateCounter:n}=e;for(let r=t;r>=0;--r){let i=h-1-r;n===void 0?c.textContent=`${i}`:n(i);let a=c.offsetWidth;if(p-=d[r],p+a<=u||r===0){m=!0,t=r-1,f&&(t===-1?(f.style.maxWidth=`${u-a}px`,f.style.boxSizing=`border-box`):f.style.maxWidth=``);let{onUpdateCount:n}=e;n&&n(i);break}}}}let{onUpdateOverflow:g}=e;m?g!==void 0&&g(!0):(g!==void 0&&g(!1),c.setAttribute($,``))}let a=F();return je.mount({id:`vueuc/overflow`,head:!0,anchorMetaName:Ce,ssr:a}),le(()=>i({showAllItemsBeforeCalculate:!1})),{selfRef:n,counterRef:r,sync:i}},render(){let{$slots:e}=this;return W(()=>this.sync({showAllItemsBeforeCalculate:!1})),me(`div`,{class:`v-overflow`,ref:`selfRef`},[ue(e,`default`),e.counter?e.counter():me(`span`,{style:{display:`inline-block`},ref:`counterRef`}),e.tail?e.tail():null])}});function Ne(e){switch(typeof e){case`string`:return e||void 0;case`number`:return String(e);default:return}}function Pe(e,t){t&&(le(()=>{let{value:n}=e;n&&m.registerHandler(n,t)}),I(e,(e,t)=>{t&&m.unregisterHandler(t)},{deep:!1}),de(()=>{let{value:t}=e;t&&m.unregisterHandler(t)}))}var Fe=C({props:{onFocus:Function,onBlur:Function},setup(e){return()=>(()=>{let t=j(`d16ead82505dc285`);return G(),B(`div`,{style:`width: 0; height: 0`,tabindex:0,onFocus:t[0]||=t=>e.onFocus?.(t),onBlur:t[1]||=t=>e.onBlur?.(t)},null,32)})()}}),Ie=C({name:`NBaseSelectGroupHeader`,props:{clsPrefix:{type:String,required:!0},tmNode:{type:Object,required:!0}},setup(){let{renderLabelRef:e,renderOptionRef:t,labelFieldRef:n,nodePropsRef:r}=U(o);return{labelField:n,nodeProps:r,renderLabel:e,renderOption:t}},render(){let{clsPrefix:e,renderLabel:t,renderOption:n,nodeProps:r,tmNode:{rawNode:i}}=this,a=r?.(i),o=t?t(i,!1):S(i[this.labelField],i,!1),s=(G(),B(`div`,H(a,{class:[`${e}-base-select-group-header`,a?.class]}),[O(()=>o)],16));return i.render?i.render({node:s,option:i}):n?n({node:s,option:i,selected:!1}):s}}),Le=C({name:`Checkmark`,render(){return(()=>{let e=j(`3c84eac8ae4e1f96`);return e[0]||=k(`svg`,{xmlns:`http://www.w3.org/2000/svg`,viewBox:`0 0 16 16`},[k(`g`,{fill:`none`},[k(`path`,{d:`M14.046 3.486a.75.75 0 0 1-.032 1.06l-7.93 7.474a.85.85 0 0 1-1.188-.022l-2.68-2.72a.75.75 0 1 1 1.068-1.053l2.234 2.267l7.468-7.038a.75.75 0 0 1 1.06.032z`,fill:`currentColor`})])],-1)})()}}),Re=[`onClick`,`onMouseenter`,`onMousemove`];function ze(e,t){return G(),K(ie,{name:`fade-in-scale-up-transition`},{default:()=>e?(G(),K(b,{key:1,clsPrefix:t,class:N(`${t}-base-select-option__check`)},{default:()=>me(Le)},1032,[`clsPrefix`,`class`])):null},1024)}var Be=C({name:`NBaseSelectOption`,props:{clsPrefix:{type:String,required:!0},tmNode:{type:Object,required:!0}},setup(e){let{valueRef:t,pendingTmNodeRef:n,multipleRef:r,valueSetRef:i,renderLabelRef:a,renderOptionRef:s,labelFieldRef:c,valueFieldRef:l,showCheckmarkRef:u,nodePropsRef:d,handleOptionClick:f,handleOptionMouseEnter:p}=U(o),m=y(()=>{let{value:t}=n;return t?e.tmNode.key===t.key:!1});function h(t){let{tmNode:n}=e;n.disabled||f(t,n)}function g(t){let{tmNode:n}=e;n.disabled||p(t,n)}function _(t){let{tmNode:n}=e,{value:r}=m;n.disabled||r||p(t,n)}return{multiple:r,isGrouped:y(()=>{let{tmNode:t}=e,{parent:n}=t;return n&&n.rawNode.type===`group`}),showCheckmark:u,nodeProps:d,isPending:m,isSelected:y(()=>{let{value:n}=t,{value:a}=r;if(n===null)return!1;let o=e.tmNode.rawNode[l.value];if(a){let{value:e}=i;return e.has(o)}return n===o}),labelField:c,renderLabel:a,renderOption:s,handleMouseMove:_,handleMouseEnter:g,handleClick:h}},render(){let{clsPrefix:e,tmNode:{rawNode:t},isSelected:n,isPending:r,isGrouped:i,showCheckmark:a,nodeProps:o,renderOption:s,renderLabel:c,handleClick:l,handleMouseEnter:d,handleMouseMove:f}=this,p=ze(n,e),m=c?[c(t,n),a&&p]:[S(t[this.labelField],t,n),a&&p],h=o?.(t),g=(G(),B(`div`,H(h,{class:[`${e}-base-select-option`,t.class,h?.class,{[`${e}-base-select-option--disabled`]:t.disabled,[`${e}-base-select-option--selected`]:n,[`${e}-base-select-option--grouped`]:i,[`${e}-base-select-option--pending`]:r,[`${e}-base-select-option--show-checkmark`]:a}],style:[h?.style||``,t.style||``],onClick:u([l,h?.onClick]),onMouseenter:u([d,h?.onMouseenter]),onMousemove:u([f,h?.onMousemove])}),[k(`div`,{class:N(`${e}-base-select-option__content`)},[O(()=>m)],2)],16,Re));return t.render?t.render({node:g,option:t,selected:n}):s?s({node:g,option:t,selected:n}):g}}),Ve=Z(`base-select-menu`,`
 line-height: 1.5;
 outline: none;
 z-index: 0;
 position: relative;
 border-radius: var(--n-border-radius);
 transition:
 background-color .3s var(--n-bezier),
 box-shadow .3s var(--n-bezier);
 background-color: var(--n-color);
`,[Z(`scrollbar`,`
 max-height: var(--n-height);
 `),Z(`virtual-list`,`
 max-height: var(--n-height);
 `),Z(`base-select-option`,`
 min-height: var(--n-option-height);
 font-size: var(--n-option-font-size);
 display: flex;
 align-items: center;
 `,[X(`content`,`
 z-index: 1;
 white-space: nowrap;
 text-overflow: ellipsis;
 overflow: hidden;
 `)]),Z(`base-select-group-header`,`
 min-height: var(--n-option-height);
 font-size: .93em;
 display: flex;
 align-items: center;
 `),Z(`base-select-menu-option-wrapper`,`
 position: relative;
 width: 100%;
 `),X(`loading, empty`,`
 display: flex;
 padding: 12px 32px;
 flex: 1;
 justify-content: center;
 `),X(`loading`,`
 color: var(--n-loading-color);
 font-size: var(--n-loading-size);
 `),X(`header`,`
 padding: 8px var(--n-option-padding-left);
 font-size: var(--n-option-font-size);
 transition: 
 color .3s var(--n-bezier),
 border-color .3s var(--n-bezier);
 border-bottom: 1px solid var(--n-action-divider-color);
 color: var(--n-action-text-color);
 `),X(`action`,`
 padding: 8px var(--n-option-padding-left);
 font-size: var(--n-option-font-size);
 transition: 
 color .3s var(--n-bezier),
 border-color .3s var(--n-bezier);
 border-top: 1px solid var(--n-action-divider-color);
 color: var(--n-action-text-color);
 `),Z(`base-select-group-header`,`
 position: relative;
 cursor: default;
 padding: var(--n-option-padding);
 color: var(--n-group-header-text-color);
 `),Z(`base-select-option`,`
 cursor: pointer;
 position: relative;
 padding: var(--n-option-padding);
 transition:
 color .3s var(--n-bezier),
 opacity .3s var(--n-bezier);
 box-sizing: border-box;
 color: var(--n-option-text-color);
 opacity: 1;
 `,[L(`show-checkmark`,`
 padding-right: calc(var(--n-option-padding-right) + 20px);
 `),q(`&::before`,`
 content: "";
 position: absolute;
 left: 4px;
 right: 4px;
 top: 0;
 bottom: 0;
 border-radius: var(--n-border-radius);
 transition: background-color .3s var(--n-bezier);
 `),q(`&:active`,`
 color: var(--n-option-text-color-pressed);
 `),L(`grouped`,`
 padding-left: calc(var(--n-option-padding-left) * 1.5);
 `),L(`pending`,[q(`&::before`,`
 background-color: var(--n-option-color-pending);
 `)]),L(`selected`,`
 color: var(--n-option-text-color-active);
 `,[q(`&::before`,`
 background-color: var(--n-option-color-active);
 `),L(`pending`,[q(`&::before`,`
 background-color: var(--n-option-color-active-pending);
 `)])]),L(`disabled`,`
 cursor: not-allowed;
 `,[ae(`selected`,`
 color: var(--n-option-text-color-disabled);
 `),L(`selected`,`
 opacity: var(--n-option-opacity-disabled);
 `)]),X(`check`,`
 font-size: 16px;
 position: absolute;
 right: calc(var(--n-option-padding-right) - 4px);
 top: calc(50% - 7px);
 color: var(--n-option-check-color);
 transition: color .3s var(--n-bezier);
 `,[x({enterScale:`0.5`})])])]),He=[`tabindex`,`onFocusin`,`onFocusout`,`onKeyup`,`onKeydown`,`onMousedown`,`onMouseenter`,`onMouseleave`],Ue=C({name:`InternalSelectMenu`,props:{...Y.props,clsPrefix:{type:String,required:!0},scrollable:{type:Boolean,default:!0},treeMate:{type:Object,required:!0},multiple:Boolean,size:{type:String,default:`medium`},value:{type:[String,Number,Array],default:null},autoPending:Boolean,virtualScroll:{type:Boolean,default:!0},show:{type:Boolean,default:!0},labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},loading:Boolean,focusable:Boolean,renderLabel:Function,renderOption:Function,nodeProps:Function,showCheckmark:{type:Boolean,default:!0},onMousedown:Function,onScroll:Function,onFocus:Function,onBlur:Function,onKeyup:Function,onKeydown:Function,onTabOut:Function,onMouseenter:Function,onMouseleave:Function,onResize:Function,resetMenuOnOptionsChange:{type:Boolean,default:!0},inlineThemeDisabled:Boolean,scrollbarProps:Object,onToggle:Function},setup(e){let{mergedClsPrefixRef:t,mergedRtlRef:n,mergedComponentPropsRef:i}=ce(e),a=p(`InternalSelectMenu`,n,t),s=Y(`InternalSelectMenu`,`-internal-select-menu`,Ve,d,e,E(e,`clsPrefix`)),c=M(null),l=M(null),u=M(null),f=D(()=>e.treeMate.getFlattenedNodes()),m=D(()=>be(f.value)),h=M(null);function g(){let{treeMate:t}=e,n=null,{value:r}=e;r===null?n=t.getFirstAvailableNode():(n=e.multiple?t.getNode((r||[])[(r||[]).length-1]):t.getNode(r),(!n||n.disabled)&&(n=t.getFirstAvailableNode())),P(n||null)}function _(){let{value:t}=h;t&&!e.treeMate.getNode(t.key)&&(h.value=null)}let v;I(()=>e.show,t=>{t?v=I(()=>e.treeMate,()=>{e.resetMenuOnOptionsChange?(e.autoPending?g():_(),W(F)):_()},{immediate:!0}):v?.()},{immediate:!0}),de(()=>{v?.()});let y=D(()=>oe(s.value.self[J(`optionHeight`,e.size)])),b=D(()=>w(s.value.self[J(`padding`,e.size)])),ee=D(()=>e.multiple&&Array.isArray(e.value)?new Set(e.value):new Set),te=D(()=>{let e=f.value;return e&&e.length===0}),x=D(()=>i?.value?.Select?.renderEmpty);function ne(t){let{onToggle:n}=e;n&&n(t)}function S(t){let{onScroll:n}=e;n&&n(t)}function re(e){u.value?.sync(),S(e)}function C(){u.value?.sync()}function ie(){let{value:e}=h;return e||null}function T(e,t){t.disabled||P(t,!1)}function ae(e,t){t.disabled||ne(t)}function O(t){ve(t,`action`)||e.onKeyup?.(t)}function k(t){ve(t,`action`)||e.onKeydown?.(t)}function A(t){e.onMousedown?.(t),e.focusable||t.preventDefault()}function j(){let{value:e}=h;e&&P(e.getNext({loop:!0}),!0)}function N(){let{value:e}=h;e&&P(e.getPrev({loop:!0}),!0)}function P(e,t=!1){h.value=e,t&&F()}function F(){let t=h.value;if(!t)return;let n=m.value(t.key);n!==null&&(e.virtualScroll?l.value?.scrollTo({index:n}):u.value?.scrollTo({index:n,elSize:y.value}))}function L(t){c.value?.contains(t.target)&&e.onFocus?.(t)}function R(t){c.value?.contains(t.relatedTarget)||e.onBlur?.(t)}pe(o,{handleOptionMouseEnter:T,handleOptionClick:ae,valueSetRef:ee,pendingTmNodeRef:h,nodePropsRef:E(e,`nodeProps`),showCheckmarkRef:E(e,`showCheckmark`),multipleRef:E(e,`multiple`),valueRef:E(e,`value`),renderLabelRef:E(e,`renderLabel`),renderOptionRef:E(e,`renderOption`),labelFieldRef:E(e,`labelField`),valueFieldRef:E(e,`valueField`)}),pe(r,c),le(()=>{let{value:e}=u;e&&e.sync()});let z=D(()=>{let{size:t}=e,{common:{cubicBezierEaseInOut:n},self:{height:r,borderRadius:i,color:a,groupHeaderTextColor:o,actionDividerColor:c,optionTextColorPressed:l,optionTextColor:u,optionTextColorDisabled:d,optionTextColorActive:f,optionOpacityDisabled:p,optionCheckColor:m,actionTextColor:h,optionColorPending:g,optionColorActive:_,loadingColor:v,loadingSize:y,optionColorActivePending:b,[J(`optionFontSize`,t)]:ee,[J(`optionHeight`,t)]:te,[J(`optionPadding`,t)]:x}}=s.value;return{"--n-height":r,"--n-action-divider-color":c,"--n-action-text-color":h,"--n-bezier":n,"--n-border-radius":i,"--n-color":a,"--n-option-font-size":ee,"--n-group-header-text-color":o,"--n-option-check-color":m,"--n-option-color-pending":g,"--n-option-color-active":_,"--n-option-color-active-pending":b,"--n-option-height":te,"--n-option-opacity-disabled":p,"--n-option-text-color":u,"--n-option-text-color-active":f,"--n-option-text-color-disabled":d,"--n-option-text-color-pressed":l,"--n-option-padding":x,"--n-option-padding-left":w(x,`left`),"--n-option-padding-right":w(x,`right`),"--n-loading-color":v,"--n-loading-size":y}}),{inlineThemeDisabled:B}=e,V=B?se(`internal-select-menu`,D(()=>e.size[0]),z,e):void 0,H={selfRef:c,next:j,prev:N,getPendingTmNode:ie};return Pe(c,e.onResize),{mergedTheme:s,mergedClsPrefix:t,rtlEnabled:a,virtualListRef:l,scrollbarRef:u,itemSize:y,padding:b,flattenedNodes:f,empty:te,mergedRenderEmpty:x,virtualListContainer(){let{value:e}=l;return e?.listElRef},virtualListContent(){let{value:e}=l;return e?.itemsElRef},doScroll:S,handleFocusin:L,handleFocusout:R,handleKeyUp:O,handleKeyDown:k,handleMouseDown:A,handleVirtualListResize:C,handleVirtualListScroll:re,cssVars:B?void 0:z,themeClass:V?.themeClass,onRender:V?.onRender,...H}},render(){let{$slots:e,virtualScroll:t,clsPrefix:n,mergedTheme:r,themeClass:i,onRender:a}=this;return a?.(),G(),B(`div`,{ref:`selfRef`,tabindex:this.focusable?0:-1,class:N([`${n}-base-select-menu`,`${n}-base-select-menu--${this.size}-size`,this.rtlEnabled&&`${n}-base-select-menu--rtl`,i,this.multiple&&`${n}-base-select-menu--multiple`]),style:Q(this.cssVars),onFocusin:this.handleFocusin,onFocusout:this.handleFocusout,onKeyup:this.handleKeyUp,onKeydown:this.handleKeyDown,onMousedown:this.handleMouseDown,onMouseenter:this.onMouseenter,onMouseleave:this.onMouseleave},[O(()=>g(e.header,e=>e&&(G(),B(`div`,{class:N(`${n}-base-select-menu__header`),"data-header":!0,key:`header`},[O(()=>e)],2)))),this.loading?(G(),B(`div`,{key:0,class:N(`${n}-base-select-menu__loading`)},[(G(),K(fe,{clsPrefix:n,strokeWidth:20},null,8,[`clsPrefix`]))],2)):(G(),B(z,{key:1},[this.empty?(G(),B(`div`,{key:1,class:N(`${n}-base-select-menu__empty`),"data-empty":!0},[O(()=>_(e.empty,()=>[this.mergedRenderEmpty?.()||(G(),K(Ae,{theme:r.peers.Empty,themeOverrides:r.peerOverrides.Empty,size:this.size},null,8,[`theme`,`themeOverrides`,`size`]))]))],2)):(G(),K(re,H({key:0,ref:`scrollbarRef`,theme:r.peers.Scrollbar,themeOverrides:r.peerOverrides.Scrollbar,scrollable:this.scrollable,container:t?this.virtualListContainer:void 0,content:t?this.virtualListContent:void 0,onScroll:t?void 0:this.doScroll},this.scrollbarProps),{default:()=>t?(G(),K(ye,{key:1,ref:`virtualListRef`,class:N(`${n}-virtual-list`),items:this.flattenedNodes,itemSize:this.itemSize,showScrollbar:!1,paddingTop:this.padding.top,paddingBottom:this.padding.bottom,onResize:this.handleVirtualListResize,onScroll:this.handleVirtualListScroll,itemResizable:!0},{default:({item:e})=>e.isGroup?(G(),K(Ie,{key:e.key,clsPrefix:n,tmNode:e},null,8,[`clsPrefix`,`tmNode`])):e.ignored?null:(G(),K(Be,{clsPrefix:n,key:e.key,tmNode:e},null,8,[`clsPrefix`,`tmNode`]))},1032,[`class`,`items`,`itemSize`,`paddingTop`,`paddingBottom`,`onResize`,`onScroll`])):(G(),B(`div`,{key:4,class:N(`${n}-base-select-menu-option-wrapper`),style:Q({paddingTop:this.padding.top,paddingBottom:this.padding.bottom})},[O(()=>this.flattenedNodes.map(e=>e.isGroup?(G(),K(Ie,{key:e.key,clsPrefix:n,tmNode:e},null,8,[`clsPrefix`,`tmNode`])):(G(),K(Be,{clsPrefix:n,key:e.key,tmNode:e},null,8,[`clsPrefix`,`tmNode`]))))],6))},1040,[`theme`,`themeOverrides`,`scrollable`,`container`,`content`,`onScroll`]))],64)),O(()=>g(e.action,e=>e&&[(G(),B(`div`,{class:N(`${n}-base-select-menu__action`),"data-action":!0,key:`action`},[O(()=>e)],2)),(G(),K(Fe,{onFocus:this.onTabOut,key:`focus-detector`},null,8,[`onFocus`]))]))],46,He)}});function We(e){return e.type===`group`}function Ge(e){return e.type===`ignored`}function Ke(e,t){try{return!!(1+t.toString().toLowerCase().indexOf(e.trim().toLowerCase()))}catch{return!1}}function qe(e,t){return{getIsGroup:We,getIgnored:Ge,getKey(t){return We(t)?t.name||t.key||`key-required`:t[e]},getChildren(e){return e[t]}}}function Je(e,t,n,r){if(!t)return e;function i(e){if(!Array.isArray(e))return[];let a=[];for(let o of e)if(We(o)){let e=i(o[r]);e.length&&a.push(Object.assign({},o,{[r]:e}))}else if(Ge(o))continue;else t(n,o)&&a.push(o);return a}return i(e)}function Ye(e,t,n){let r=new Map;return e.forEach(e=>{We(e)?e[n].forEach(e=>{r.set(e[t],e)}):r.set(e[t],e)}),r}var Xe=q([Z(`base-selection`,`
 --n-padding-single: var(--n-padding-single-top) var(--n-padding-single-right) var(--n-padding-single-bottom) var(--n-padding-single-left);
 --n-padding-multiple: var(--n-padding-multiple-top) var(--n-padding-multiple-right) var(--n-padding-multiple-bottom) var(--n-padding-multiple-left);
 position: relative;
 z-index: auto;
 box-shadow: none;
 width: 100%;
 max-width: 100%;
 display: inline-block;
 vertical-align: bottom;
 border-radius: var(--n-border-radius);
 min-height: var(--n-height);
 line-height: 1.5;
 font-size: var(--n-font-size);
 `,[Z(`base-loading`,`
 color: var(--n-loading-color);
 `),Z(`base-selection-tags`,`min-height: var(--n-height);`),X(`border, state-border`,`
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 pointer-events: none;
 border: var(--n-border);
 border-radius: inherit;
 transition:
 box-shadow .3s var(--n-bezier),
 border-color .3s var(--n-bezier);
 `),X(`state-border`,`
 z-index: 1;
 border-color: #0000;
 `),Z(`base-suffix`,`
 cursor: pointer;
 position: absolute;
 top: 50%;
 transform: translateY(-50%);
 right: 10px;
 `,[X(`arrow`,`
 font-size: var(--n-arrow-size);
 color: var(--n-arrow-color);
 transition: color .3s var(--n-bezier);
 `)]),Z(`base-selection-overlay`,`
 display: flex;
 align-items: center;
 white-space: nowrap;
 pointer-events: none;
 position: absolute;
 top: 0;
 right: 0;
 bottom: 0;
 left: 0;
 padding: var(--n-padding-single);
 transition: color .3s var(--n-bezier);
 `,[X(`wrapper`,`
 flex-basis: 0;
 flex-grow: 1;
 overflow: hidden;
 text-overflow: ellipsis;
 `)]),Z(`base-selection-placeholder`,`
 color: var(--n-placeholder-color);
 `,[X(`inner`,`
 max-width: 100%;
 overflow: hidden;
 `)]),Z(`base-selection-tags`,`
 cursor: pointer;
 outline: none;
 box-sizing: border-box;
 position: relative;
 z-index: auto;
 display: flex;
 padding: var(--n-padding-multiple);
 flex-wrap: wrap;
 align-items: center;
 width: 100%;
 vertical-align: bottom;
 background-color: var(--n-color);
 border-radius: inherit;
 transition:
 color .3s var(--n-bezier),
 box-shadow .3s var(--n-bezier),
 background-color .3s var(--n-bezier);
 `),Z(`base-selection-label`,`
 height: var(--n-height);
 display: inline-flex;
 width: 100%;
 vertical-align: bottom;
 cursor: pointer;
 outline: none;
 z-index: auto;
 box-sizing: border-box;
 position: relative;
 transition:
 color .3s var(--n-bezier),
 box-shadow .3s var(--n-bezier),
 background-color .3s var(--n-bezier);
 border-radius: inherit;
 background-color: var(--n-color);
 align-items: center;
 `,[Z(`base-selection-input`,`
 font-size: inherit;
 line-height: inherit;
 outline: none;
 cursor: pointer;
 box-sizing: border-box;
 border:none;
 width: 100%;
 padding: var(--n-padding-single);
 background-color: #0000;
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 caret-color: var(--n-caret-color);
 `,[X(`content`,`
 text-overflow: ellipsis;
 overflow: hidden;
 white-space: nowrap; 
 `)]),X(`render-label`,`
 color: var(--n-text-color);
 `)]),ae(`disabled`,[q(`&:hover`,[X(`state-border`,`
 box-shadow: var(--n-box-shadow-hover);
 border: var(--n-border-hover);
 `)]),L(`focus`,[X(`state-border`,`
 box-shadow: var(--n-box-shadow-focus);
 border: var(--n-border-focus);
 `)]),L(`active`,[X(`state-border`,`
 box-shadow: var(--n-box-shadow-active);
 border: var(--n-border-active);
 `),Z(`base-selection-label`,`background-color: var(--n-color-active);`),Z(`base-selection-tags`,`background-color: var(--n-color-active);`)])]),L(`disabled`,`cursor: not-allowed;`,[X(`arrow`,`
 color: var(--n-arrow-color-disabled);
 `),Z(`base-selection-label`,`
 cursor: not-allowed;
 background-color: var(--n-color-disabled);
 `,[Z(`base-selection-input`,`
 cursor: not-allowed;
 color: var(--n-text-color-disabled);
 `),X(`render-label`,`
 color: var(--n-text-color-disabled);
 `)]),Z(`base-selection-tags`,`
 cursor: not-allowed;
 background-color: var(--n-color-disabled);
 `),Z(`base-selection-placeholder`,`
 cursor: not-allowed;
 color: var(--n-placeholder-color-disabled);
 `)]),Z(`base-selection-input-tag`,`
 height: calc(var(--n-height) - 6px);
 line-height: calc(var(--n-height) - 6px);
 outline: none;
 display: none;
 position: relative;
 margin-bottom: 3px;
 max-width: 100%;
 vertical-align: bottom;
 `,[X(`input`,`
 font-size: inherit;
 font-family: inherit;
 min-width: 1px;
 padding: 0;
 background-color: #0000;
 outline: none;
 border: none;
 max-width: 100%;
 overflow: hidden;
 width: 1em;
 line-height: inherit;
 cursor: pointer;
 color: var(--n-text-color);
 caret-color: var(--n-caret-color);
 `),X(`mirror`,`
 position: absolute;
 left: 0;
 top: 0;
 white-space: pre;
 visibility: hidden;
 user-select: none;
 -webkit-user-select: none;
 opacity: 0;
 `)]),[`warning`,`error`].map(e=>L(`${e}-status`,[X(`state-border`,`border: var(--n-border-${e});`),ae(`disabled`,[q(`&:hover`,[X(`state-border`,`
 box-shadow: var(--n-box-shadow-hover-${e});
 border: var(--n-border-hover-${e});
 `)]),L(`active`,[X(`state-border`,`
 box-shadow: var(--n-box-shadow-active-${e});
 border: var(--n-border-active-${e});
 `),Z(`base-selection-label`,`background-color: var(--n-color-active-${e});`),Z(`base-selection-tags`,`background-color: var(--n-color-active-${e});`)]),L(`focus`,[X(`state-border`,`
 box-shadow: var(--n-box-shadow-focus-${e});
 border: var(--n-border-focus-${e});
 `)])])]))]),Z(`base-selection-popover`,`
 margin-bottom: -3px;
 display: flex;
 flex-wrap: wrap;
 margin-right: -8px;
 `),Z(`base-selection-tag-wrapper`,`
 max-width: 100%;
 display: inline-flex;
 padding: 0 7px 3px 0;
 `,[q(`&:last-child`,`padding-right: 0;`),Z(`tag`,`
 font-size: 14px;
 max-width: 100%;
 `,[X(`content`,`
 line-height: 1.25;
 text-overflow: ellipsis;
 overflow: hidden;
 `)])])]),Ze=[`disabled`,`value`,`autofocus`,`onBlur`,`onFocus`,`onKeydown`,`onInput`,`onCompositionstart`,`onCompositionend`],Qe=[`tabindex`],$e=[`title`],et=[`value`,`readonly`,`disabled`,`autofocus`,`onFocus`,`onBlur`,`onInput`,`onCompositionstart`,`onCompositionend`],tt=[`tabindex`],nt=[`onClick`,`onMouseenter`,`onMouseleave`,`onKeydown`,`onFocusin`,`onFocusout`,`onMousedown`],rt=C({name:`InternalSelection`,props:{...Y.props,clsPrefix:{type:String,required:!0},bordered:{type:Boolean,default:void 0},active:Boolean,pattern:{type:String,default:``},placeholder:String,selectedOption:{type:Object,default:null},selectedOptions:{type:Array,default:null},labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},multiple:Boolean,filterable:Boolean,clearable:Boolean,disabled:Boolean,size:{type:String,default:`medium`},loading:Boolean,autofocus:Boolean,showArrow:{type:Boolean,default:!0},inputProps:Object,focused:Boolean,renderTag:Function,onKeydown:Function,onClick:Function,onBlur:Function,onFocus:Function,onDeleteOption:Function,maxTagCount:[String,Number],ellipsisTagPopoverProps:Object,onClear:Function,onPatternInput:Function,onPatternFocus:Function,onPatternBlur:Function,renderLabel:Function,status:String,inlineThemeDisabled:Boolean,ignoreComposition:{type:Boolean,default:!0},onResize:Function},setup(e){let{mergedClsPrefixRef:t,mergedRtlRef:n}=ce(e),r=p(`InternalSelection`,n,t),i=M(null),a=M(null),o=M(null),s=M(null),l=M(null),u=M(null),d=M(null),f=M(null),m=M(null),h=M(null),g=M(!1),_=M(!1),v=M(!1),y=Y(`InternalSelection`,`-internal-selection`,Xe,c,e,E(e,`clsPrefix`)),b=D(()=>e.clearable&&!e.disabled&&(v.value||e.active)),ee=D(()=>e.selectedOption?e.renderTag?e.renderTag({option:e.selectedOption,handleClose:()=>{}}):e.renderLabel?e.renderLabel(e.selectedOption,!0):S(e.selectedOption[e.labelField],e.selectedOption,!0):e.placeholder),te=D(()=>{let t=e.selectedOption;if(t)return t[e.labelField]}),x=D(()=>e.multiple?!!(Array.isArray(e.selectedOptions)&&e.selectedOptions.length):e.selectedOption!==null);function ne(){let{value:t}=i;if(t){let{value:n}=a;n&&(n.style.width=`${t.offsetWidth}px`,e.maxTagCount!==`responsive`&&m.value?.sync({showAllItemsBeforeCalculate:!1}))}}function re(){let{value:e}=h;e&&(e.style.display=`none`)}function C(){let{value:e}=h;e&&(e.style.display=`inline-block`)}I(E(e,`active`),e=>{e||re()}),I(E(e,`pattern`),()=>{e.multiple&&W(ne)});function ie(t){let{onFocus:n}=e;n&&n(t)}function ae(t){let{onBlur:n}=e;n&&n(t)}function O(t){let{onDeleteOption:n}=e;n&&n(t)}function k(t){let{onClear:n}=e;n&&n(t)}function A(t){let{onPatternInput:n}=e;n&&n(t)}function j(e){e.relatedTarget&&o.value?.contains(e.relatedTarget)||ie(e)}function N(e){o.value?.contains(e.relatedTarget)||ae(e)}function oe(e){k(e)}function P(){v.value=!0}function F(){v.value=!1}function L(t){e.active&&e.filterable&&t.target!==a.value&&t.preventDefault()}function R(e){O(e)}let z=M(!1);function B(t){if(t.key===`Backspace`&&!z.value&&!e.pattern.length){let{selectedOptions:t}=e;t?.length&&R(t[t.length-1])}}let V=null;function H(t){let{value:n}=i;n&&(n.textContent=t.target.value,ne()),e.ignoreComposition&&z.value?V=t:A(t)}function ue(){z.value=!0}function de(){z.value=!1,e.ignoreComposition&&A(V),V=null}function fe(t){_.value=!0,e.onPatternFocus?.(t)}function pe(t){_.value=!1,e.onPatternBlur?.(t)}function U(){if(e.filterable)_.value=!1,u.value?.blur(),a.value?.blur();else if(e.multiple){let{value:e}=s;e?.blur()}else{let{value:e}=l;e?.blur()}}function G(){e.filterable?(_.value=!1,u.value?.focus()):e.multiple?s.value?.focus():l.value?.focus()}function K(){let{value:e}=a;e&&(C(),e.focus())}function me(){let{value:e}=a;e&&e.blur()}function q(e){let{value:t}=d;t&&t.setTextContent(`+${e}`)}function X(){let{value:e}=f;return e}function he(){return a.value}let Z=null;function Q(){Z!==null&&window.clearTimeout(Z)}function ge(){e.active||(Q(),Z=window.setTimeout(()=>{x.value&&(g.value=!0)},100))}function _e(){Q()}function ve(e){e||(Q(),g.value=!1)}I(x,e=>{e||(g.value=!1)}),le(()=>{T(()=>{let t=u.value;t&&(e.disabled?t.removeAttribute(`tabindex`):t.tabIndex=_.value?-1:0)})}),Pe(o,e.onResize);let{inlineThemeDisabled:ye}=e,be=D(()=>{let{size:t}=e,{common:{cubicBezierEaseInOut:n},self:{fontWeight:r,borderRadius:i,color:a,placeholderColor:o,textColor:s,paddingSingle:c,paddingMultiple:l,caretColor:u,colorDisabled:d,textColorDisabled:f,placeholderColorDisabled:p,colorActive:m,boxShadowFocus:h,boxShadowActive:g,boxShadowHover:_,border:v,borderFocus:b,borderHover:ee,borderActive:te,arrowColor:x,arrowColorDisabled:ne,loadingColor:S,colorActiveWarning:re,boxShadowFocusWarning:C,boxShadowActiveWarning:ie,boxShadowHoverWarning:T,borderWarning:ae,borderFocusWarning:E,borderHoverWarning:D,borderActiveWarning:O,colorActiveError:k,boxShadowFocusError:A,boxShadowActiveError:j,boxShadowHoverError:M,borderError:N,borderFocusError:oe,borderHoverError:P,borderActiveError:F,clearColor:se,clearColorHover:I,clearColorPressed:L,clearSize:R,arrowSize:ce,[J(`height`,t)]:z,[J(`fontSize`,t)]:B}}=y.value,V=w(c),H=w(l);return{"--n-bezier":n,"--n-border":v,"--n-border-active":te,"--n-border-focus":b,"--n-border-hover":ee,"--n-border-radius":i,"--n-box-shadow-active":g,"--n-box-shadow-focus":h,"--n-box-shadow-hover":_,"--n-caret-color":u,"--n-color":a,"--n-color-active":m,"--n-color-disabled":d,"--n-font-size":B,"--n-height":z,"--n-padding-single-top":V.top,"--n-padding-multiple-top":H.top,"--n-padding-single-right":V.right,"--n-padding-multiple-right":H.right,"--n-padding-single-left":V.left,"--n-padding-multiple-left":H.left,"--n-padding-single-bottom":V.bottom,"--n-padding-multiple-bottom":H.bottom,"--n-placeholder-color":o,"--n-placeholder-color-disabled":p,"--n-text-color":s,"--n-text-color-disabled":f,"--n-arrow-color":x,"--n-arrow-color-disabled":ne,"--n-loading-color":S,"--n-color-active-warning":re,"--n-box-shadow-focus-warning":C,"--n-box-shadow-active-warning":ie,"--n-box-shadow-hover-warning":T,"--n-border-warning":ae,"--n-border-focus-warning":E,"--n-border-hover-warning":D,"--n-border-active-warning":O,"--n-color-active-error":k,"--n-box-shadow-focus-error":A,"--n-box-shadow-active-error":j,"--n-box-shadow-hover-error":M,"--n-border-error":N,"--n-border-focus-error":oe,"--n-border-hover-error":P,"--n-border-active-error":F,"--n-clear-size":R,"--n-clear-color":se,"--n-clear-color-hover":I,"--n-clear-color-pressed":L,"--n-arrow-size":ce,"--n-font-weight":r}}),xe=ye?se(`internal-selection`,D(()=>e.size[0]),be,e):void 0;return{mergedTheme:y,mergedClearable:b,mergedClsPrefix:t,rtlEnabled:r,patternInputFocused:_,filterablePlaceholder:ee,label:te,selected:x,showTagsPanel:g,isComposing:z,counterRef:d,counterWrapperRef:f,patternInputMirrorRef:i,patternInputRef:a,selfRef:o,multipleElRef:s,singleElRef:l,patternInputWrapperRef:u,overflowRef:m,inputTagElRef:h,handleMouseDown:L,handleFocusin:j,handleClear:oe,handleMouseEnter:P,handleMouseLeave:F,handleDeleteOption:R,handlePatternKeyDown:B,handlePatternInputInput:H,handlePatternInputBlur:pe,handlePatternInputFocus:fe,handleMouseEnterCounter:ge,handleMouseLeaveCounter:_e,handleFocusout:N,handleCompositionEnd:de,handleCompositionStart:ue,onPopoverUpdateShow:ve,focus:G,focusInput:K,blur:U,blurInput:me,updateCounter:q,getCounter:X,getTail:he,renderLabel:e.renderLabel,cssVars:ye?void 0:be,themeClass:xe?.themeClass,onRender:xe?.onRender}},render(){let{status:e,multiple:t,size:n,disabled:r,filterable:i,maxTagCount:o,bordered:s,clsPrefix:c,ellipsisTagPopoverProps:l,onRender:u,renderTag:d,renderLabel:f}=this;u?.();let p=o===`responsive`,m=typeof o==`number`,h=p||m,g=(G(),K(te,null,{default:()=>(G(),K(_e,{clsPrefix:c,loading:this.loading,showArrow:this.showArrow,showClear:this.mergedClearable&&this.selected,onClear:this.handleClear},{default:()=>this.$slots.arrow?.()},1032,[`clsPrefix`,`loading`,`showArrow`,`showClear`,`onClear`]))},1024)),_;if(t){let{labelField:e}=this,t=t=>(G(),B(`div`,{class:N(`${c}-base-selection-tag-wrapper`),key:t.value},[d?(G(),B(z,{key:0},[O(()=>d({option:t,handleClose:()=>{this.handleDeleteOption(t)}}))],64)):(G(),K(Se,{key:1,size:n,closable:!t.disabled,disabled:r,onClose:()=>{this.handleDeleteOption(t)},internalCloseIsButtonTag:!1,internalCloseFocusable:!1},{default:()=>f?f(t,!0):S(t[e],t,!0)},1032,[`size`,`closable`,`disabled`,`onClose`]))],2)),s=()=>(m?this.selectedOptions.slice(0,o):this.selectedOptions).map(t),u=i?(G(),B(`div`,{class:N(`${c}-base-selection-input-tag`),ref:`inputTagElRef`,key:`__input-tag__`},[k(`input`,H(this.inputProps,{ref:`patternInputRef`,tabindex:-1,disabled:r,value:this.pattern,autofocus:this.autofocus,class:`${c}-base-selection-input-tag__input`,onBlur:this.handlePatternInputBlur,onFocus:this.handlePatternInputFocus,onKeydown:this.handlePatternKeyDown,onInput:this.handlePatternInputInput,onCompositionstart:this.handleCompositionStart,onCompositionend:this.handleCompositionEnd}),null,16,Ze),k(`span`,{ref:`patternInputMirrorRef`,class:N(`${c}-base-selection-input-tag__mirror`)},[O(()=>this.pattern)],2)],2)):null,v=p?()=>(G(),B(`div`,{class:N(`${c}-base-selection-tag-wrapper`),ref:`counterWrapperRef`},[(G(),K(Se,{size:n,ref:`counterRef`,onMouseenter:this.handleMouseEnterCounter,onMouseleave:this.handleMouseLeaveCounter,disabled:r},null,8,[`size`,`onMouseenter`,`onMouseleave`,`disabled`]))],2)):void 0,y;if(m){let e=this.selectedOptions.length-o;e>0&&(y=(t=>(G(),B(`div`,{class:N(`${c}-base-selection-tag-wrapper`),key:`__counter__`},[(G(),K(Se,{size:n,ref:`counterRef`,onMouseenter:this.handleMouseEnterCounter,disabled:r},{default:()=>`+${e}`},1032,[`size`,`onMouseenter`,`disabled`]))],2)))(y))}let b=p?i?(G(),K(Me,{key:3,ref:`overflowRef`,updateCounter:this.updateCounter,getCounter:this.getCounter,getTail:this.getTail,style:{width:`100%`,display:`flex`,overflow:`hidden`}},{default:s,counter:v,tail:()=>u},1032,[`updateCounter`,`getCounter`,`getTail`])):(G(),K(Me,{key:4,ref:`overflowRef`,updateCounter:this.updateCounter,getCounter:this.getCounter,style:{width:`100%`,display:`flex`,overflow:`hidden`}},{default:s,counter:v},1032,[`updateCounter`,`getCounter`])):m&&y?s().concat(y):s(),ee=h?()=>(G(),B(`div`,{class:N(`${c}-base-selection-popover`)},[p?(G(),B(z,{key:0},[O(()=>s())],64)):(G(),B(z,{key:1},[O(()=>this.selectedOptions.map(t))],64))],2)):void 0,te=h?{show:this.showTagsPanel,trigger:`hover`,overlap:!0,placement:`top`,width:`trigger`,onUpdateShow:this.onPopoverUpdateShow,theme:this.mergedTheme.peers.Popover,themeOverrides:this.mergedTheme.peerOverrides.Popover,...l}:null,x=!this.selected&&(!this.active||!this.pattern&&!this.isComposing)?(G(),B(`div`,{key:5,class:N(`${c}-base-selection-placeholder ${c}-base-selection-overlay`)},[k(`div`,{class:N(`${c}-base-selection-placeholder__inner`)},[O(()=>this.placeholder)],2)],2)):null,ne=i?(G(),B(`div`,{key:6,ref:`patternInputWrapperRef`,class:N(`${c}-base-selection-tags`)},[O(()=>b),p?O(()=>null):(G(),B(z,{key:1},[O(()=>u)],64)),O(()=>g)],2)):(G(),B(`div`,{key:7,ref:`multipleElRef`,class:N(`${c}-base-selection-tags`),tabindex:r?void 0:0},[O(()=>b),O(()=>g)],10,Qe));_=(e=>(G(),B(z,{key:8},[h?(G(),K(a,H({key:0},te,{scrollable:!0,style:`max-height: calc(var(--v-target-height) * 6.6);`}),{trigger:()=>ne,default:ee},1040)):(G(),B(z,{key:1},[O(()=>ne)],64)),O(()=>x)],64)))(_)}else if(i){let e=this.pattern||this.isComposing,t=this.active?!e:!this.selected,n=!this.active&&this.selected;_=(e=>(G(),B(`div`,{key:9,ref:`patternInputWrapperRef`,class:N(`${c}-base-selection-label`),title:this.patternInputFocused?void 0:Ne(this.label)},[k(`input`,H(this.inputProps,{ref:`patternInputRef`,class:`${c}-base-selection-input`,value:this.active?this.pattern:``,placeholder:``,readonly:r,disabled:r,tabindex:-1,autofocus:this.autofocus,onFocus:this.handlePatternInputFocus,onBlur:this.handlePatternInputBlur,onInput:this.handlePatternInputInput,onCompositionstart:this.handleCompositionStart,onCompositionend:this.handleCompositionEnd}),null,16,et),n?(G(),B(`div`,{class:N(`${c}-base-selection-label__render-label ${c}-base-selection-overlay`),key:`input`},[k(`div`,{class:N(`${c}-base-selection-overlay__wrapper`)},[d?(G(),B(z,{key:0},[O(()=>d({option:this.selectedOption,handleClose:()=>{}}))],64)):(G(),B(z,{key:1},[f?(G(),B(z,{key:0},[O(()=>f(this.selectedOption,!0))],64)):(G(),B(z,{key:1},[O(()=>S(this.label,this.selectedOption,!0))],64))],64))],2)],2)):O(()=>null),t?(G(),B(`div`,{class:N(`${c}-base-selection-placeholder ${c}-base-selection-overlay`),key:`placeholder`},[k(`div`,{class:N(`${c}-base-selection-overlay__wrapper`)},[O(()=>this.filterablePlaceholder)],2)],2)):O(()=>null),O(()=>g)],10,$e)))(_)}else _=(e=>(G(),B(`div`,{key:10,ref:`singleElRef`,class:N(`${c}-base-selection-label`),tabindex:this.disabled?void 0:0},[this.label===void 0?(G(),B(`div`,{class:N(`${c}-base-selection-placeholder ${c}-base-selection-overlay`),key:`placeholder`},[k(`div`,{class:N(`${c}-base-selection-placeholder__inner`)},[O(()=>this.placeholder)],2)],2)):(G(),B(`div`,{class:N(`${c}-base-selection-input`),title:Ne(this.label),key:`input`},[k(`div`,{class:N(`${c}-base-selection-input__content`)},[d?(G(),B(z,{key:0},[O(()=>d({option:this.selectedOption,handleClose:()=>{}}))],64)):(G(),B(z,{key:1},[f?(G(),B(z,{key:0},[O(()=>f(this.selectedOption,!0))],64)):(G(),B(z,{key:1},[O(()=>S(this.label,this.selectedOption,!0))],64))],64))],2)],10,[`title`])),O(()=>g)],10,tt)))(_);return G(),B(`div`,{ref:`selfRef`,class:N([`${c}-base-selection`,this.rtlEnabled&&`${c}-base-selection--rtl`,this.themeClass,e&&`${c}-base-selection--${e}-status`,{[`${c}-base-selection--active`]:this.active,[`${c}-base-selection--selected`]:this.selected||this.active&&this.pattern,[`${c}-base-selection--disabled`]:this.disabled,[`${c}-base-selection--multiple`]:this.multiple,[`${c}-base-selection--focus`]:this.focused}]),style:Q(this.cssVars),onClick:this.onClick,onMouseenter:this.handleMouseEnter,onMouseleave:this.handleMouseLeave,onKeydown:this.onKeydown,onFocusin:this.handleFocusin,onFocusout:this.handleFocusout,onMousedown:this.handleMouseDown},[O(()=>_),s?(G(),B(`div`,{key:0,class:N(`${c}-base-selection__border`)},null,2)):O(()=>null),s?(G(),B(`div`,{key:2,class:N(`${c}-base-selection__state-border`)},null,2)):O(()=>null)],46,nt)}}),it=q([Z(`select`,`
 z-index: auto;
 outline: none;
 width: 100%;
 position: relative;
 font-weight: var(--n-font-weight);
 `),Z(`select-menu`,`
 margin: 4px 0;
 box-shadow: var(--n-menu-box-shadow);
 `,[x({originalTransition:`background-color .3s var(--n-bezier), box-shadow .3s var(--n-bezier)`})])]),at={...Y.props,to:t.propTo,bordered:{type:Boolean,default:void 0},clearable:Boolean,clearCreatedOptionsOnClear:{type:Boolean,default:!0},clearFilterAfterSelect:{type:Boolean,default:!0},options:{type:Array,default:()=>[]},defaultValue:{type:[String,Number,Array],default:null},keyboard:{type:Boolean,default:!0},value:[String,Number,Array],placeholder:String,menuProps:Object,multiple:Boolean,size:String,menuSize:{type:String},filterable:Boolean,disabled:{type:Boolean,default:void 0},remote:Boolean,loading:Boolean,filter:Function,placement:{type:String,default:`bottom-start`},widthMode:{type:String,default:`trigger`},tag:Boolean,onCreate:Function,fallbackOption:{type:[Function,Boolean],default:void 0},show:{type:Boolean,default:void 0},showArrow:{type:Boolean,default:!0},maxTagCount:[Number,String],ellipsisTagPopoverProps:Object,consistentMenuWidth:{type:Boolean,default:!0},virtualScroll:{type:Boolean,default:!0},labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},childrenField:{type:String,default:`children`},renderLabel:Function,renderOption:Function,renderTag:Function,"onUpdate:value":[Function,Array],inputProps:Object,nodeProps:Function,ignoreComposition:{type:Boolean,default:!0},showOnFocus:Boolean,onUpdateValue:[Function,Array],onBlur:[Function,Array],onClear:[Function,Array],onFocus:[Function,Array],onScroll:[Function,Array],onSearch:[Function,Array],onUpdateShow:[Function,Array],"onUpdate:show":[Function,Array],displayDirective:{type:String,default:`show`},resetMenuOnOptionsChange:{type:Boolean,default:!0},status:String,showCheckmark:{type:Boolean,default:!0},scrollbarProps:Object,onChange:[Function,Array],items:Array},ot=C({name:`Select`,props:at,slots:Object,setup(e){let{mergedClsPrefixRef:n,mergedBorderedRef:r,namespaceRef:i,inlineThemeDisabled:a,mergedComponentPropsRef:o}=ce(e),c=Y(`Select`,`-select`,it,l,e,n),u=M(e.defaultValue),d=E(e,`value`),f=Ee(d,u),p=M(!1),m=M(``),h=Te(e,[`items`,`options`]),g=M([]),_=M([]),y=D(()=>_.value.concat(g.value).concat(h.value)),b=D(()=>{let{filter:t}=e;if(t)return t;let{labelField:n,valueField:r}=e;return(e,t)=>{if(!t)return!1;let i=t[n];if(typeof i==`string`)return Ke(e,i);let a=t[r];return typeof a==`string`?Ke(e,a):typeof a==`number`&&Ke(e,String(a))}}),te=D(()=>{if(e.remote)return h.value;{let{value:t}=y,{value:n}=m;return!n.length||!e.filterable?t:Je(t,b.value,n,e.childrenField)}}),x=D(()=>{let{valueField:t,childrenField:n}=e,r=qe(t,n);return xe(te.value,r)}),S=D(()=>Ye(y.value,e.valueField,e.childrenField)),re=M(!1),C=Ee(E(e,`show`),re),w=M(null),ie=M(null),T=M(null),{localeRef:ae}=ge(`Select`),O=D(()=>e.placeholder??ae.value.placeholder),k=[],A=M(new Map),j=D(()=>{let{fallbackOption:t}=e;if(t===void 0){let{labelField:t,valueField:n}=e;return e=>({[t]:String(e),[n]:e})}return t===!1?!1:e=>Object.assign(t(e),{value:e})});function N(t){let n=e.remote,{value:r}=A,{value:i}=S,{value:a}=j,o=[];return t.forEach(e=>{if(i.has(e))o.push(i.get(e));else if(n&&r.has(e))o.push(r.get(e));else if(a){let t=a(e);t&&o.push(t)}}),o}let oe=D(()=>{if(e.multiple){let{value:e}=f;return Array.isArray(e)?N(e):[]}return null}),P=D(()=>{let{value:t}=f;return!e.multiple&&!Array.isArray(t)?t===null?null:N([t])[0]||null:null}),F=ne(e,{mergedSize:t=>{let{size:n}=e;if(n)return n;let{mergedSize:r}=t||{};return r?.value?r.value:o?.value?.Select?.size||`medium`}}),{mergedSizeRef:L,mergedDisabledRef:R,mergedStatusRef:z}=F;function B(t,n){let{onChange:r,"onUpdate:value":i,onUpdateValue:a}=e,{nTriggerFormChange:o,nTriggerFormInput:s}=F;r&&v(r,t,n),a&&v(a,t,n),i&&v(i,t,n),u.value=t,o(),s()}function V(t){let{onBlur:n}=e,{nTriggerFormBlur:r}=F;n&&v(n,t),r()}function H(){let{onClear:t}=e;t&&v(t)}function le(t){let{onFocus:n,showOnFocus:r}=e,{nTriggerFormFocus:i}=F;n&&v(n,t),i(),r&&U()}function ue(t){let{onSearch:n}=e;n&&v(n,t)}function de(t){let{onScroll:n}=e;n&&v(n,t)}function fe(){let{remote:t,multiple:n}=e;if(t){let{value:t}=A;if(n){let{valueField:n}=e;oe.value?.forEach(e=>{t.set(e[n],e)})}else{let n=P.value;n&&t.set(n[e.valueField],n)}}}function pe(t){let{onUpdateShow:n,"onUpdate:show":r}=e;n&&v(n,t),r&&v(r,t),re.value=t}function U(){R.value||(pe(!0),re.value=!0,e.filterable&&Ne())}function W(){pe(!1)}function G(){m.value=``,_.value=k}let K=M(!1);function me(){e.filterable&&(K.value=!0)}function q(){e.filterable&&(K.value=!1,C.value||G())}function J(){R.value||(C.value?e.filterable?Ne():W():U())}function X(e){T.value?.selfRef?.contains(e.relatedTarget)||(p.value=!1,V(e),W())}function Z(e){le(e),p.value=!0}function Q(){p.value=!0}function _e(e){w.value?.$el.contains(e.relatedTarget)||(p.value=!1,V(e),W())}function ye(){w.value?.focus(),W()}function be(e){C.value&&(w.value?.$el.contains(ee(e))||W())}function Se(t){if(!Array.isArray(t))return[];if(j.value)return Array.from(t);{let{remote:n}=e,{value:r}=S;if(n){let{value:e}=A;return t.filter(t=>r.has(t)||e.has(t))}return t.filter(e=>r.has(e))}}function Ce(e){we(e.rawNode)}function we(t){if(R.value)return;let{tag:n,remote:r,clearFilterAfterSelect:i,valueField:a}=e;if(n&&!r){let{value:e}=_,t=e[0]||null;if(t){let e=g.value;e.length?e.push(t):g.value=[t],_.value=k}}if(r&&A.value.set(t[a],t),e.multiple){let e=Se(f.value),o=e.findIndex(e=>e===t[a]);if(~o){if(e.splice(o,1),n&&!r){let e=De(t[a]);~e&&(g.value.splice(e,1),i&&(m.value=``))}}else e.push(t[a]),i&&(m.value=``);B(e,N(e))}else{if(n&&!r){let e=De(t[a]);~e?g.value=[g.value[e]]:g.value=k}Me(),W(),B(t[a],t)}}function De(t){return g.value.findIndex(n=>n[e.valueField]===t)}function Oe(t){C.value||U();let{value:n}=t.target;m.value=n;let{tag:r,remote:i}=e;if(ue(n),r&&!i){if(!n){_.value=k;return}let{onCreate:t}=e,r=t?t(n):{[e.labelField]:n,[e.valueField]:n},{valueField:i,labelField:a}=e;h.value.some(e=>e[i]===r[i]||e[a]===r[a])||g.value.some(e=>e[i]===r[i]||e[a]===r[a])?_.value=k:_.value=[r]}}function ke(t){t.stopPropagation();let{multiple:n,tag:r,remote:i,clearCreatedOptionsOnClear:a}=e;!n&&e.filterable&&W(),r&&!i&&a&&(g.value=k),H(),n?B([],[]):B(null,null)}function Ae(e){ve(e,`action`)||ve(e,`empty`)||ve(e,`header`)||e.preventDefault()}function $(e){de(e)}function je(t){if(!e.keyboard)t.preventDefault();else switch(t.key){case` `:if(e.filterable)break;t.preventDefault();case`Enter`:if(!w.value?.isComposing){if(C.value){let t=T.value?.getPendingTmNode();t?Ce(t):e.filterable||(W(),Me())}else if(U(),e.tag&&K.value){let t=_.value[0];if(t){let n=t[e.valueField],{value:r}=f;e.multiple&&Array.isArray(r)&&r.includes(n)||we(t)}}}t.preventDefault();break;case`ArrowUp`:if(t.preventDefault(),e.loading)return;C.value&&T.value?.prev();break;case`ArrowDown`:if(t.preventDefault(),e.loading)return;C.value?T.value?.next():U();break;case`Escape`:C.value&&(s(t),W()),w.value?.focus()}}function Me(){w.value?.focus()}function Ne(){w.value?.focusInput()}function Pe(){C.value&&ie.value?.syncPosition()}fe(),I(E(e,`options`),fe);let Fe={focus:()=>{w.value?.focus()},focusInput:()=>{w.value?.focusInput()},blur:()=>{w.value?.blur()},blurInput:()=>{w.value?.blurInput()}},Ie=D(()=>{let{self:{menuBoxShadow:e}}=c.value;return{"--n-menu-box-shadow":e}}),Le=a?se(`select`,void 0,Ie,e):void 0;return{...Fe,mergedStatus:z,mergedClsPrefix:n,mergedBordered:r,namespace:i,treeMate:x,isMounted:he(),triggerRef:w,menuRef:T,pattern:m,uncontrolledShow:re,mergedShow:C,adjustedTo:t(e),uncontrolledValue:u,mergedValue:f,followerRef:ie,localizedPlaceholder:O,selectedOption:P,selectedOptions:oe,mergedSize:L,mergedDisabled:R,focused:p,activeWithoutMenuOpen:K,inlineThemeDisabled:a,onTriggerInputFocus:me,onTriggerInputBlur:q,handleTriggerOrMenuResize:Pe,handleMenuFocus:Q,handleMenuBlur:_e,handleMenuTabOut:ye,handleTriggerClick:J,handleToggle:Ce,handleDeleteOption:we,handlePatternInput:Oe,handleClear:ke,handleTriggerBlur:X,handleTriggerFocus:Z,handleKeydown:je,handleMenuAfterLeave:G,handleMenuClickOutside:be,handleMenuScroll:$,handleMenuKeydown:je,handleMenuMousedown:Ae,mergedTheme:c,cssVars:a?void 0:Ie,themeClass:Le?.themeClass,onRender:Le?.onRender}},render(){return G(),B(`div`,{class:N(`${this.mergedClsPrefix}-select`)},[V(i,null,{_:1,default:P(()=>[(G(),K(e,null,{_:1,default:P(()=>(G(),K(rt,{ref:`triggerRef`,inlineThemeDisabled:this.inlineThemeDisabled,status:this.mergedStatus,inputProps:this.inputProps,clsPrefix:this.mergedClsPrefix,showArrow:this.showArrow,maxTagCount:this.maxTagCount,ellipsisTagPopoverProps:this.ellipsisTagPopoverProps,bordered:this.mergedBordered,active:this.activeWithoutMenuOpen||this.mergedShow,pattern:this.pattern,placeholder:this.localizedPlaceholder,selectedOption:this.selectedOption,selectedOptions:this.selectedOptions,multiple:this.multiple,renderTag:this.renderTag,renderLabel:this.renderLabel,filterable:this.filterable,clearable:this.clearable,disabled:this.mergedDisabled,size:this.mergedSize,theme:this.mergedTheme.peers.InternalSelection,labelField:this.labelField,valueField:this.valueField,themeOverrides:this.mergedTheme.peerOverrides.InternalSelection,loading:this.loading,focused:this.focused,onClick:this.handleTriggerClick,onDeleteOption:this.handleDeleteOption,onPatternInput:this.handlePatternInput,onClear:this.handleClear,onBlur:this.handleTriggerBlur,onFocus:this.handleTriggerFocus,onKeydown:this.handleKeydown,onPatternBlur:this.onTriggerInputBlur,onPatternFocus:this.onTriggerInputFocus,onResize:this.handleTriggerOrMenuResize,ignoreComposition:this.ignoreComposition},{_:1,arrow:P(()=>[this.$slots.arrow?.()])},8,`inlineThemeDisabled.status.inputProps.clsPrefix.showArrow.maxTagCount.ellipsisTagPopoverProps.bordered.active.pattern.placeholder.selectedOption.selectedOptions.multiple.renderTag.renderLabel.filterable.clearable.disabled.size.theme.labelField.valueField.themeOverrides.loading.focused.onClick.onDeleteOption.onPatternInput.onClear.onBlur.onFocus.onKeydown.onPatternBlur.onPatternFocus.onResize.ignoreComposition`.split(`.`))))})),(G(),K(n,{ref:`followerRef`,show:this.mergedShow,to:this.adjustedTo,teleportDisabled:this.adjustedTo===t.tdkey,containerClass:this.namespace,width:this.consistentMenuWidth?`target`:void 0,minWidth:`target`,placement:this.placement},{_:1,default:P(()=>(G(),K(ie,{name:`fade-in-scale-up-transition`,appear:this.isMounted,onAfterLeave:this.handleMenuAfterLeave},{_:1,default:P(()=>this.mergedShow||this.displayDirective===`show`?(this.onRender?.(),R((G(),K(Ue,H(this.menuProps,{ref:`menuRef`,onResize:this.handleTriggerOrMenuResize,inlineThemeDisabled:this.inlineThemeDisabled,virtualScroll:this.consistentMenuWidth&&this.virtualScroll,class:[`${this.mergedClsPrefix}-select-menu`,this.themeClass,this.menuProps?.class],clsPrefix:this.mergedClsPrefix,focusable:!0,labelField:this.labelField,valueField:this.valueField,autoPending:!0,nodeProps:this.nodeProps,theme:this.mergedTheme.peers.InternalSelectMenu,themeOverrides:this.mergedTheme.peerOverrides.InternalSelectMenu,treeMate:this.treeMate,multiple:this.multiple,size:this.menuSize,renderOption:this.renderOption,renderLabel:this.renderLabel,value:this.mergedValue,style:[this.menuProps?.style,this.cssVars],onToggle:this.handleToggle,onScroll:this.handleMenuScroll,onFocus:this.handleMenuFocus,onBlur:this.handleMenuBlur,onKeydown:this.handleMenuKeydown,onTabOut:this.handleMenuTabOut,onMousedown:this.handleMenuMousedown,show:this.mergedShow,showCheckmark:this.showCheckmark,resetMenuOnOptionsChange:this.resetMenuOnOptionsChange,scrollbarProps:this.scrollbarProps}),{_:1,empty:P(()=>[this.$slots.empty?.()]),header:P(()=>[this.$slots.header?.()]),action:P(()=>[this.$slots.action?.()])},16,`onResize.inlineThemeDisabled.virtualScroll.class.clsPrefix.labelField.valueField.nodeProps.theme.themeOverrides.treeMate.multiple.size.renderOption.renderLabel.value.style.onToggle.onScroll.onFocus.onBlur.onKeydown.onTabOut.onMousedown.show.showCheckmark.resetMenuOnOptionsChange.scrollbarProps`.split(`.`))),this.displayDirective===`show`?[[A,this.mergedShow],[h,this.handleMenuClickOutside,void 0,{capture:!0}]]:[[h,this.handleMenuClickOutside,void 0,{capture:!0}]])):null)},8,[`appear`,`onAfterLeave`])))},8,[`show`,`to`,`teleportDisabled`,`containerClass`,`width`,`placement`]))])})],2)}});export{qe as n,Ue as r,ot as t};