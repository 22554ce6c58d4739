import{a as e,c as t,i as n,l as r,o as i,t as a,u as o}from"./Popover-plkY3GcX.js";import{G as s,K as c,V as l,Z as u,ct as d,lt as f}from"./index-DU_01afT.js";import{A as p,C as m,D as h,E as g,M as _,R as v,V as y,Z as b,b as x,d as ee,g as S,o as C,s as w,tt as te}from"./Button-5vQ51-9u.js";import{$t as T,At as E,B as D,D as O,Dt as k,Gn as A,H as j,I as M,It as N,O as ne,On as re,Ot as P,P as ie,Qt as F,R as I,Rn as L,Sn as R,T as ae,Tt as z,Ut as B,Vn as V,W as oe,Zt as H,_n as U,an as W,b as G,bn as se,cn as ce,dn as K,fn as le,hn as ue,jn as de,kn as q,kt as fe,q as pe,qt as J,rn as me,sn as he,tn as Y,wt as X,yn as Z,z as Q}from"./failure-DdhVUdvy.js";import{r as ge,t as _e}from"./Suffix-JRw3DyFU.js";import{t as ve}from"./happens-in-D4nrdV77.js";import{t as ye}from"./VirtualList-BI96rWqG.js";import{n as be,t as xe}from"./create-D7dzyDGo.js";import{t as Se}from"./Tag-GFuRrI0W.js";import{n as Ce,t as we}from"./cssr-DO77I1Tg.js";import{t as Te}from"./use-compitable-EIgHRnGn.js";import{t as Ee}from"./use-merged-state-C3-zl2cW.js";var De=W({name:`Empty`,render(){return(()=>{let e=I(`15c1a247ae156450`);return e[0]||=F(`svg`,{viewBox:`0 0 28 28`,fill:`none`,xmlns:`http://www.w3.org/2000/svg`},[F(`path`,{d:`M26 7.5C26 11.0899 23.0899 14 19.5 14C15.9101 14 13 11.0899 13 7.5C13 3.91015 15.9101 1 19.5 1C23.0899 1 26 3.91015 26 7.5ZM16.8536 4.14645C16.6583 3.95118 16.3417 3.95118 16.1464 4.14645C15.9512 4.34171 15.9512 4.65829 16.1464 4.85355L18.7929 7.5L16.1464 10.1464C15.9512 10.3417 15.9512 10.6583 16.1464 10.8536C16.3417 11.0488 16.6583 11.0488 16.8536 10.8536L19.5 8.20711L22.1464 10.8536C22.3417 11.0488 22.6583 11.0488 22.8536 10.8536C23.0488 10.6583 23.0488 10.3417 22.8536 10.1464L20.2071 7.5L22.8536 4.85355C23.0488 4.65829 23.0488 4.34171 22.8536 4.14645C22.6583 3.95118 22.3417 3.95118 22.1464 4.14645L19.5 6.79289L16.8536 4.14645Z`,fill:`currentColor`}),F(`path`,{d:`M25 22.75V12.5991C24.5572 13.0765 24.053 13.4961 23.5 13.8454V16H17.5L17.3982 16.0068C17.0322 16.0565 16.75 16.3703 16.75 16.75C16.75 18.2688 15.5188 19.5 14 19.5C12.4812 19.5 11.25 18.2688 11.25 16.75L11.2432 16.6482C11.1935 16.2822 10.8797 16 10.5 16H4.5V7.25C4.5 6.2835 5.2835 5.5 6.25 5.5H12.2696C12.4146 4.97463 12.6153 4.47237 12.865 4H6.25C4.45507 4 3 5.45507 3 7.25V22.75C3 24.5449 4.45507 26 6.25 26H21.75C23.5449 26 25 24.5449 25 22.75ZM4.5 22.75V17.5H9.81597L9.85751 17.7041C10.2905 19.5919 11.9808 21 14 21L14.215 20.9947C16.2095 20.8953 17.842 19.4209 18.184 17.5H23.5V22.75C23.5 23.7165 22.7165 24.5 21.75 24.5H6.25C5.2835 24.5 4.5 23.7165 4.5 22.75Z`,fill:`currentColor`})],-1)})()}}),Oe=z(`empty`,`
 display: flex;
 flex-direction: column;
 align-items: center;
 font-size: var(--n-font-size);
`,[k(`icon`,`
 width: var(--n-icon-size);
 height: var(--n-icon-size);
 font-size: var(--n-icon-size);
 line-height: var(--n-icon-size);
 color: var(--n-icon-color);
 transition:
 color .3s var(--n-bezier);
 `,[X(`+`,[k(`description`,`
 margin-top: 8px;
 `)])]),k(`description`,`
 transition: color .3s var(--n-bezier);
 color: var(--n-text-color);
 `),k(`extra`,`
 text-align: center;
 transition: color .3s var(--n-bezier);
 margin-top: 12px;
 color: var(--n-extra-text-color);
 `)]),ke={...O.props,description:String,showDescription:{type:Boolean,default:!0},showIcon:{type:Boolean,default:!0},size:{type:String,default:`medium`},renderIcon:Function},Ae=W({name:`Empty`,props:ke,slots:Object,setup(e){let{mergedClsPrefixRef:t,inlineThemeDisabled:n,mergedComponentPropsRef:r}=pe(e),i=O(`Empty`,`-empty`,Oe,f,e,t),{localeRef:a}=ge(`Empty`),o=H(()=>e.description??r?.value?.Empty?.description),s=H(()=>r?.value?.Empty?.renderIcon||(()=>(Z(),T(De)))),c=H(()=>{let{size:t}=e,{common:{cubicBezierEaseInOut:n},self:{[E(`iconSize`,t)]:r,[E(`fontSize`,t)]:a,textColor:o,iconColor:s,extraTextColor:c}}=i.value;return{"--n-icon-size":r,"--n-font-size":a,"--n-bezier":n,"--n-text-color":o,"--n-icon-color":s,"--n-extra-text-color":c}}),l=n?ne(`empty`,H(()=>{let t=``,{size:n}=e;return t+=n[0],t}),c,e):void 0;return{mergedClsPrefix:t,mergedRenderIcon:s,localizedDescription:H(()=>o.value||a.value.description),cssVars:n?void 0:c,themeClass:l?.themeClass,onRender:l?.onRender}},render(){let{$slots:e,mergedClsPrefix:t,onRender:n}=this;return n?.(),Z(),Y(`div`,{class:Q([`${t}-empty`,this.themeClass]),style:A(this.cssVars)},[this.showIcon?(Z(),Y(`div`,{key:0,class:Q(`${t}-empty__icon`)},[e.icon?(Z(),Y(J,{key:0},[j(()=>e.icon())],64)):(Z(),T(b,{key:1,clsPrefix:t},{default:this.mergedRenderIcon},1032,[`clsPrefix`]))],2)):j(()=>null),this.showDescription?(Z(),Y(`div`,{key:2,class:Q(`${t}-empty__description`)},[e.default?(Z(),Y(J,{key:0},[j(()=>e.default())],64)):(Z(),Y(J,{key:1},[j(()=>this.localizedDescription)],64))],2)):j(()=>null),e.extra?(Z(),Y(`div`,{key:4,class:Q(`${t}-empty__extra`)},[j(()=>e.extra())],2)):j(()=>null)],6)}}),$=`v-hidden`,je=we(`[v-hidden]`,{display:`none!important`}),Me=W({name:`Overflow`,props:{getCounter:Function,getTail:Function,updateCounter:Function,onUpdateCount:Function,onUpdateOverflow:Function},setup(e,{slots:t}){let n=L(null),r=L(null);function i(i){let{value:a}=n,{getCounter:o,getTail:s}=e,c;if(c=o===void 0?r.value:o(),!a||!c)return;c.hasAttribute($)&&c.removeAttribute($);let{children:l}=a;if(i.showAllItemsBeforeCalculate)for(let e of l)e.hasAttribute($)&&e.removeAttribute($);let u=a.offsetWidth,d=[],f=t.tail?s?.():null,p=f?f.offsetWidth:0,m=!1,h=a.children.length-+!!t.tail;for(let t=0;t<h-1;++t){if(t<0)continue;let n=l[t];if(m){n.hasAttribute($)||n.setAttribute($,``);continue}n.hasAttribute($)&&n.removeAttribute($);let r=n.offsetWidth;if(p+=r,d[t]=r,p>u){let{updateCounter:n}=e;for(let r=t;r>=0;--r){let i=h-1-r;n===void 0?c.textContent=`${i}`:n(i);let a=c.offsetWidth;if(p-=d[r],p+a<=u||r===0){m=!0,t=r-1,f&&(t===-1?(f.style.maxWidth=`${u-a}px`,f.style.boxSizing=`border-box`):f.style.maxWidth=``);let{onUpdateCount:n}=e;n&&n(i);break}}}}let{onUpdateOverflow:g}=e;m?g!==void 0&&g(!0):(g!==void 0&&g(!1),c.setAttribute($,``))}let a=oe();return je.mount({id:`vueuc/overflow`,head:!0,anchorMetaName:Ce,ssr:a}),U(()=>i({showAllItemsBeforeCalculate:!1})),{selfRef:n,counterRef:r,sync:i}},render(){let{$slots:e}=this;return le(()=>this.sync({showAllItemsBeforeCalculate:!1})),he(`div`,{class:`v-overflow`,ref:`selfRef`},[R(e,`default`),e.counter?e.counter():he(`span`,{style:{display:`inline-block`},ref:`counterRef`}),e.tail?e.tail():null])}});function Ne(e){switch(typeof e){case`string`:return e||void 0;case`number`:return String(e);default:return}}function Pe(e,t){t&&(U(()=>{let{value:n}=e;n&&x.registerHandler(n,t)}),re(e,(e,t)=>{t&&x.unregisterHandler(t)},{deep:!1}),ue(()=>{let{value:t}=e;t&&x.unregisterHandler(t)}))}var Fe=W({props:{onFocus:Function,onBlur:Function},setup(e){return()=>(()=>{let t=I(`d16ead82505dc285`);return Z(),Y(`div`,{style:`width: 0; height: 0`,tabindex:0,onFocus:t[0]||=t=>e.onFocus?.(t),onBlur:t[1]||=t=>e.onBlur?.(t)},null,32)})()}}),Ie=W({name:`NBaseSelectGroupHeader`,props:{clsPrefix:{type:String,required:!0},tmNode:{type:Object,required:!0}},setup(){let{renderLabelRef:e,renderOptionRef:t,labelFieldRef:n,nodePropsRef:r}=ce(o);return{labelField:n,nodeProps:r,renderLabel:e,renderOption:t}},render(){let{clsPrefix:e,renderLabel:t,renderOption:n,nodeProps:r,tmNode:{rawNode:i}}=this,a=r?.(i),o=t?t(i,!1):w(i[this.labelField],i,!1),s=(Z(),Y(`div`,K(a,{class:[`${e}-base-select-group-header`,a?.class]}),[j(()=>o)],16));return i.render?i.render({node:s,option:i}):n?n({node:s,option:i,selected:!1}):s}}),Le=W({name:`Checkmark`,render(){return(()=>{let e=I(`3c84eac8ae4e1f96`);return e[0]||=F(`svg`,{xmlns:`http://www.w3.org/2000/svg`,viewBox:`0 0 16 16`},[F(`g`,{fill:`none`},[F(`path`,{d:`M14.046 3.486a.75.75 0 0 1-.032 1.06l-7.93 7.474a.85.85 0 0 1-1.188-.022l-2.68-2.72a.75.75 0 1 1 1.068-1.053l2.234 2.267l7.468-7.038a.75.75 0 0 1 1.06.032z`,fill:`currentColor`})])],-1)})()}}),Re=[`onClick`,`onMouseenter`,`onMousemove`];function ze(e,t){return Z(),T(N,{name:`fade-in-scale-up-transition`},{default:()=>e?(Z(),T(b,{key:1,clsPrefix:t,class:Q(`${t}-base-select-option__check`)},{default:()=>he(Le)},1032,[`clsPrefix`,`class`])):null},1024)}var Be=W({name:`NBaseSelectOption`,props:{clsPrefix:{type:String,required:!0},tmNode:{type:Object,required:!0}},setup(e){let{valueRef:t,pendingTmNodeRef:n,multipleRef:r,valueSetRef:i,renderLabelRef:a,renderOptionRef:s,labelFieldRef:c,valueFieldRef:l,showCheckmarkRef:u,nodePropsRef:d,handleOptionClick:f,handleOptionMouseEnter:p}=ce(o),m=y(()=>{let{value:t}=n;return t?e.tmNode.key===t.key:!1});function h(t){let{tmNode:n}=e;n.disabled||f(t,n)}function g(t){let{tmNode:n}=e;n.disabled||p(t,n)}function _(t){let{tmNode:n}=e,{value:r}=m;n.disabled||r||p(t,n)}return{multiple:r,isGrouped:y(()=>{let{tmNode:t}=e,{parent:n}=t;return n&&n.rawNode.type===`group`}),showCheckmark:u,nodeProps:d,isPending:m,isSelected:y(()=>{let{value:n}=t,{value:a}=r;if(n===null)return!1;let o=e.tmNode.rawNode[l.value];if(a){let{value:e}=i;return e.has(o)}return n===o}),labelField:c,renderLabel:a,renderOption:s,handleMouseMove:_,handleMouseEnter:g,handleClick:h}},render(){let{clsPrefix:e,tmNode:{rawNode:t},isSelected:n,isPending:r,isGrouped:i,showCheckmark:a,nodeProps:o,renderOption:s,renderLabel:c,handleClick:l,handleMouseEnter:d,handleMouseMove:f}=this,p=ze(n,e),m=c?[c(t,n),a&&p]:[w(t[this.labelField],t,n),a&&p],h=o?.(t),g=(Z(),Y(`div`,K(h,{class:[`${e}-base-select-option`,t.class,h?.class,{[`${e}-base-select-option--disabled`]:t.disabled,[`${e}-base-select-option--selected`]:n,[`${e}-base-select-option--grouped`]:i,[`${e}-base-select-option--pending`]:r,[`${e}-base-select-option--show-checkmark`]:a}],style:[h?.style||``,t.style||``],onClick:u([l,h?.onClick]),onMouseenter:u([d,h?.onMouseenter]),onMousemove:u([f,h?.onMousemove])}),[F(`div`,{class:Q(`${e}-base-select-option__content`)},[j(()=>m)],2)],16,Re));return t.render?t.render({node:g,option:t,selected:n}):s?s({node:g,option:t,selected:n}):g}}),Ve=z(`base-select-menu`,`
 line-height: 1.5;
 outline: none;
 z-index: 0;
 position: relative;
 border-radius: var(--n-border-radius);
 transition:
 background-color .3s var(--n-bezier),
 box-shadow .3s var(--n-bezier);
 background-color: var(--n-color);
`,[z(`scrollbar`,`
 max-height: var(--n-height);
 `),z(`virtual-list`,`
 max-height: var(--n-height);
 `),z(`base-select-option`,`
 min-height: var(--n-option-height);
 font-size: var(--n-option-font-size);
 display: flex;
 align-items: center;
 `,[k(`content`,`
 z-index: 1;
 white-space: nowrap;
 text-overflow: ellipsis;
 overflow: hidden;
 `)]),z(`base-select-group-header`,`
 min-height: var(--n-option-height);
 font-size: .93em;
 display: flex;
 align-items: center;
 `),z(`base-select-menu-option-wrapper`,`
 position: relative;
 width: 100%;
 `),k(`loading, empty`,`
 display: flex;
 padding: 12px 32px;
 flex: 1;
 justify-content: center;
 `),k(`loading`,`
 color: var(--n-loading-color);
 font-size: var(--n-loading-size);
 `),k(`header`,`
 padding: 8px var(--n-option-padding-left);
 font-size: var(--n-option-font-size);
 transition: 
 color .3s var(--n-bezier),
 border-color .3s var(--n-bezier);
 border-bottom: 1px solid var(--n-action-divider-color);
 color: var(--n-action-text-color);
 `),k(`action`,`
 padding: 8px var(--n-option-padding-left);
 font-size: var(--n-option-font-size);
 transition: 
 color .3s var(--n-bezier),
 border-color .3s var(--n-bezier);
 border-top: 1px solid var(--n-action-divider-color);
 color: var(--n-action-text-color);
 `),z(`base-select-group-header`,`
 position: relative;
 cursor: default;
 padding: var(--n-option-padding);
 color: var(--n-group-header-text-color);
 `),z(`base-select-option`,`
 cursor: pointer;
 position: relative;
 padding: var(--n-option-padding);
 transition:
 color .3s var(--n-bezier),
 opacity .3s var(--n-bezier);
 box-sizing: border-box;
 color: var(--n-option-text-color);
 opacity: 1;
 `,[P(`show-checkmark`,`
 padding-right: calc(var(--n-option-padding-right) + 20px);
 `),X(`&::before`,`
 content: "";
 position: absolute;
 left: 4px;
 right: 4px;
 top: 0;
 bottom: 0;
 border-radius: var(--n-border-radius);
 transition: background-color .3s var(--n-bezier);
 `),X(`&:active`,`
 color: var(--n-option-text-color-pressed);
 `),P(`grouped`,`
 padding-left: calc(var(--n-option-padding-left) * 1.5);
 `),P(`pending`,[X(`&::before`,`
 background-color: var(--n-option-color-pending);
 `)]),P(`selected`,`
 color: var(--n-option-text-color-active);
 `,[X(`&::before`,`
 background-color: var(--n-option-color-active);
 `),P(`pending`,[X(`&::before`,`
 background-color: var(--n-option-color-active-pending);
 `)])]),P(`disabled`,`
 cursor: not-allowed;
 `,[fe(`selected`,`
 color: var(--n-option-text-color-disabled);
 `),P(`selected`,`
 opacity: var(--n-option-opacity-disabled);
 `)]),k(`check`,`
 font-size: 16px;
 position: absolute;
 right: calc(var(--n-option-padding-right) - 4px);
 top: calc(50% - 7px);
 color: var(--n-option-check-color);
 transition: color .3s var(--n-bezier);
 `,[C({enterScale:`0.5`})])])]),He=[`tabindex`,`onFocusin`,`onFocusout`,`onKeyup`,`onKeydown`,`onMousedown`,`onMouseenter`,`onMouseleave`],Ue=W({name:`InternalSelectMenu`,props:{...O.props,clsPrefix:{type:String,required:!0},scrollable:{type:Boolean,default:!0},treeMate:{type:Object,required:!0},multiple:Boolean,size:{type:String,default:`medium`},value:{type:[String,Number,Array],default:null},autoPending:Boolean,virtualScroll:{type:Boolean,default:!0},show:{type:Boolean,default:!0},labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},loading:Boolean,focusable:Boolean,renderLabel:Function,renderOption:Function,nodeProps:Function,showCheckmark:{type:Boolean,default:!0},onMousedown:Function,onScroll:Function,onFocus:Function,onBlur:Function,onKeyup:Function,onKeydown:Function,onTabOut:Function,onMouseenter:Function,onMouseleave:Function,onResize:Function,resetMenuOnOptionsChange:{type:Boolean,default:!0},inlineThemeDisabled:Boolean,scrollbarProps:Object,onToggle:Function},setup(e){let{mergedClsPrefixRef:t,mergedRtlRef:n,mergedComponentPropsRef:i}=pe(e),a=h(`InternalSelectMenu`,n,t),s=O(`InternalSelectMenu`,`-internal-select-menu`,Ve,d,e,V(e,`clsPrefix`)),c=L(null),l=L(null),u=L(null),f=H(()=>e.treeMate.getFlattenedNodes()),p=H(()=>be(f.value)),m=L(null);function g(){let{treeMate:t}=e,n=null,{value:r}=e;r===null?n=t.getFirstAvailableNode():(n=e.multiple?t.getNode((r||[])[(r||[]).length-1]):t.getNode(r),(!n||n.disabled)&&(n=t.getFirstAvailableNode())),R(n||null)}function _(){let{value:t}=m;t&&!e.treeMate.getNode(t.key)&&(m.value=null)}let v;re(()=>e.show,t=>{t?v=re(()=>e.treeMate,()=>{e.resetMenuOnOptionsChange?(e.autoPending?g():_(),le(ae)):_()},{immediate:!0}):v?.()},{immediate:!0}),ue(()=>{v?.()});let y=H(()=>ie(s.value.self[E(`optionHeight`,e.size)])),b=H(()=>M(s.value.self[E(`padding`,e.size)])),x=H(()=>e.multiple&&Array.isArray(e.value)?new Set(e.value):new Set),ee=H(()=>{let e=f.value;return e&&e.length===0}),S=H(()=>i?.value?.Select?.renderEmpty);function C(t){let{onToggle:n}=e;n&&n(t)}function w(t){let{onScroll:n}=e;n&&n(t)}function te(e){u.value?.sync(),w(e)}function T(){u.value?.sync()}function D(){let{value:e}=m;return e||null}function k(e,t){t.disabled||R(t,!1)}function A(e,t){t.disabled||C(t)}function j(t){ve(t,`action`)||e.onKeyup?.(t)}function N(t){ve(t,`action`)||e.onKeydown?.(t)}function P(t){e.onMousedown?.(t),e.focusable||t.preventDefault()}function F(){let{value:e}=m;e&&R(e.getNext({loop:!0}),!0)}function I(){let{value:e}=m;e&&R(e.getPrev({loop:!0}),!0)}function R(e,t=!1){m.value=e,t&&ae()}function ae(){let t=m.value;if(!t)return;let n=p.value(t.key);n!==null&&(e.virtualScroll?l.value?.scrollTo({index:n}):u.value?.scrollTo({index:n,elSize:y.value}))}function z(t){c.value?.contains(t.target)&&e.onFocus?.(t)}function B(t){c.value?.contains(t.relatedTarget)||e.onBlur?.(t)}se(o,{handleOptionMouseEnter:k,handleOptionClick:A,valueSetRef:x,pendingTmNodeRef:m,nodePropsRef:V(e,`nodeProps`),showCheckmarkRef:V(e,`showCheckmark`),multipleRef:V(e,`multiple`),valueRef:V(e,`value`),renderLabelRef:V(e,`renderLabel`),renderOptionRef:V(e,`renderOption`),labelFieldRef:V(e,`labelField`),valueFieldRef:V(e,`valueField`)}),se(r,c),U(()=>{let{value:e}=u;e&&e.sync()});let oe=H(()=>{let{size:t}=e,{common:{cubicBezierEaseInOut:n},self:{height:r,borderRadius:i,color:a,groupHeaderTextColor:o,actionDividerColor:c,optionTextColorPressed:l,optionTextColor:u,optionTextColorDisabled:d,optionTextColorActive:f,optionOpacityDisabled:p,optionCheckColor:m,actionTextColor:h,optionColorPending:g,optionColorActive:_,loadingColor:v,loadingSize:y,optionColorActivePending:b,[E(`optionFontSize`,t)]:x,[E(`optionHeight`,t)]:ee,[E(`optionPadding`,t)]:S}}=s.value;return{"--n-height":r,"--n-action-divider-color":c,"--n-action-text-color":h,"--n-bezier":n,"--n-border-radius":i,"--n-color":a,"--n-option-font-size":x,"--n-group-header-text-color":o,"--n-option-check-color":m,"--n-option-color-pending":g,"--n-option-color-active":_,"--n-option-color-active-pending":b,"--n-option-height":ee,"--n-option-opacity-disabled":p,"--n-option-text-color":u,"--n-option-text-color-active":f,"--n-option-text-color-disabled":d,"--n-option-text-color-pressed":l,"--n-option-padding":S,"--n-option-padding-left":M(S,`left`),"--n-option-padding-right":M(S,`right`),"--n-loading-color":v,"--n-loading-size":y}}),{inlineThemeDisabled:W}=e,G=W?ne(`internal-select-menu`,H(()=>e.size[0]),oe,e):void 0,ce={selfRef:c,next:F,prev:I,getPendingTmNode:D};return Pe(c,e.onResize),{mergedTheme:s,mergedClsPrefix:t,rtlEnabled:a,virtualListRef:l,scrollbarRef:u,itemSize:y,padding:b,flattenedNodes:f,empty:ee,mergedRenderEmpty:S,virtualListContainer(){let{value:e}=l;return e?.listElRef},virtualListContent(){let{value:e}=l;return e?.itemsElRef},doScroll:w,handleFocusin:z,handleFocusout:B,handleKeyUp:j,handleKeyDown:N,handleMouseDown:P,handleVirtualListResize:T,handleVirtualListScroll:te,cssVars:W?void 0:oe,themeClass:G?.themeClass,onRender:G?.onRender,...ce}},render(){let{$slots:e,virtualScroll:t,clsPrefix:n,mergedTheme:r,themeClass:i,onRender:a}=this;return a?.(),Z(),Y(`div`,{ref:`selfRef`,tabindex:this.focusable?0:-1,class:Q([`${n}-base-select-menu`,`${n}-base-select-menu--${this.size}-size`,this.rtlEnabled&&`${n}-base-select-menu--rtl`,i,this.multiple&&`${n}-base-select-menu--multiple`]),style:A(this.cssVars),onFocusin:this.handleFocusin,onFocusout:this.handleFocusout,onKeyup:this.handleKeyUp,onKeydown:this.handleKeyDown,onMousedown:this.handleMouseDown,onMouseenter:this.onMouseenter,onMouseleave:this.onMouseleave},[j(()=>_(e.header,e=>e&&(Z(),Y(`div`,{class:Q(`${n}-base-select-menu__header`),"data-header":!0,key:`header`},[j(()=>e)],2)))),this.loading?(Z(),Y(`div`,{key:0,class:Q(`${n}-base-select-menu__loading`)},[(Z(),T(G,{clsPrefix:n,strokeWidth:20},null,8,[`clsPrefix`]))],2)):(Z(),Y(J,{key:1},[this.empty?(Z(),Y(`div`,{key:1,class:Q(`${n}-base-select-menu__empty`),"data-empty":!0},[j(()=>p(e.empty,()=>[this.mergedRenderEmpty?.()||(Z(),T(Ae,{theme:r.peers.Empty,themeOverrides:r.peerOverrides.Empty,size:this.size},null,8,[`theme`,`themeOverrides`,`size`]))]))],2)):(Z(),T(S,K({key:0,ref:`scrollbarRef`,theme:r.peers.Scrollbar,themeOverrides:r.peerOverrides.Scrollbar,scrollable:this.scrollable,container:t?this.virtualListContainer:void 0,content:t?this.virtualListContent:void 0,onScroll:t?void 0:this.doScroll},this.scrollbarProps),{default:()=>t?(Z(),T(ye,{key:1,ref:`virtualListRef`,class:Q(`${n}-virtual-list`),items:this.flattenedNodes,itemSize:this.itemSize,showScrollbar:!1,paddingTop:this.padding.top,paddingBottom:this.padding.bottom,onResize:this.handleVirtualListResize,onScroll:this.handleVirtualListScroll,itemResizable:!0},{default:({item:e})=>e.isGroup?(Z(),T(Ie,{key:e.key,clsPrefix:n,tmNode:e},null,8,[`clsPrefix`,`tmNode`])):e.ignored?null:(Z(),T(Be,{clsPrefix:n,key:e.key,tmNode:e},null,8,[`clsPrefix`,`tmNode`]))},1032,[`class`,`items`,`itemSize`,`paddingTop`,`paddingBottom`,`onResize`,`onScroll`])):(Z(),Y(`div`,{key:4,class:Q(`${n}-base-select-menu-option-wrapper`),style:A({paddingTop:this.padding.top,paddingBottom:this.padding.bottom})},[j(()=>this.flattenedNodes.map(e=>e.isGroup?(Z(),T(Ie,{key:e.key,clsPrefix:n,tmNode:e},null,8,[`clsPrefix`,`tmNode`])):(Z(),T(Be,{clsPrefix:n,key:e.key,tmNode:e},null,8,[`clsPrefix`,`tmNode`]))))],6))},1040,[`theme`,`themeOverrides`,`scrollable`,`container`,`content`,`onScroll`]))],64)),j(()=>_(e.action,e=>e&&[(Z(),Y(`div`,{class:Q(`${n}-base-select-menu__action`),"data-action":!0,key:`action`},[j(()=>e)],2)),(Z(),T(Fe,{onFocus:this.onTabOut,key:`focus-detector`},null,8,[`onFocus`]))]))],46,He)}});function We(e){return e.type===`group`}function Ge(e){return e.type===`ignored`}function Ke(e,t){try{return!!(1+t.toString().toLowerCase().indexOf(e.trim().toLowerCase()))}catch{return!1}}function qe(e,t){return{getIsGroup:We,getIgnored:Ge,getKey(t){return We(t)?t.name||t.key||`key-required`:t[e]},getChildren(e){return e[t]}}}function Je(e,t,n,r){if(!t)return e;function i(e){if(!Array.isArray(e))return[];let a=[];for(let o of e)if(We(o)){let e=i(o[r]);e.length&&a.push(Object.assign({},o,{[r]:e}))}else if(Ge(o))continue;else t(n,o)&&a.push(o);return a}return i(e)}function Ye(e,t,n){let r=new Map;return e.forEach(e=>{We(e)?e[n].forEach(e=>{r.set(e[t],e)}):r.set(e[t],e)}),r}var Xe=X([z(`base-selection`,`
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
 `,[z(`base-loading`,`
 color: var(--n-loading-color);
 `),z(`base-selection-tags`,`min-height: var(--n-height);`),k(`border, state-border`,`
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
 `),k(`state-border`,`
 z-index: 1;
 border-color: #0000;
 `),z(`base-suffix`,`
 cursor: pointer;
 position: absolute;
 top: 50%;
 transform: translateY(-50%);
 right: 10px;
 `,[k(`arrow`,`
 font-size: var(--n-arrow-size);
 color: var(--n-arrow-color);
 transition: color .3s var(--n-bezier);
 `)]),z(`base-selection-overlay`,`
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
 `,[k(`wrapper`,`
 flex-basis: 0;
 flex-grow: 1;
 overflow: hidden;
 text-overflow: ellipsis;
 `)]),z(`base-selection-placeholder`,`
 color: var(--n-placeholder-color);
 `,[k(`inner`,`
 max-width: 100%;
 overflow: hidden;
 `)]),z(`base-selection-tags`,`
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
 `),z(`base-selection-label`,`
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
 `,[z(`base-selection-input`,`
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
 `,[k(`content`,`
 text-overflow: ellipsis;
 overflow: hidden;
 white-space: nowrap; 
 `)]),k(`render-label`,`
 color: var(--n-text-color);
 `)]),fe(`disabled`,[X(`&:hover`,[k(`state-border`,`
 box-shadow: var(--n-box-shadow-hover);
 border: var(--n-border-hover);
 `)]),P(`focus`,[k(`state-border`,`
 box-shadow: var(--n-box-shadow-focus);
 border: var(--n-border-focus);
 `)]),P(`active`,[k(`state-border`,`
 box-shadow: var(--n-box-shadow-active);
 border: var(--n-border-active);
 `),z(`base-selection-label`,`background-color: var(--n-color-active);`),z(`base-selection-tags`,`background-color: var(--n-color-active);`)])]),P(`disabled`,`cursor: not-allowed;`,[k(`arrow`,`
 color: var(--n-arrow-color-disabled);
 `),z(`base-selection-label`,`
 cursor: not-allowed;
 background-color: var(--n-color-disabled);
 `,[z(`base-selection-input`,`
 cursor: not-allowed;
 color: var(--n-text-color-disabled);
 `),k(`render-label`,`
 color: var(--n-text-color-disabled);
 `)]),z(`base-selection-tags`,`
 cursor: not-allowed;
 background-color: var(--n-color-disabled);
 `),z(`base-selection-placeholder`,`
 cursor: not-allowed;
 color: var(--n-placeholder-color-disabled);
 `)]),z(`base-selection-input-tag`,`
 height: calc(var(--n-height) - 6px);
 line-height: calc(var(--n-height) - 6px);
 outline: none;
 display: none;
 position: relative;
 margin-bottom: 3px;
 max-width: 100%;
 vertical-align: bottom;
 `,[k(`input`,`
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
 `),k(`mirror`,`
 position: absolute;
 left: 0;
 top: 0;
 white-space: pre;
 visibility: hidden;
 user-select: none;
 -webkit-user-select: none;
 opacity: 0;
 `)]),[`warning`,`error`].map(e=>P(`${e}-status`,[k(`state-border`,`border: var(--n-border-${e});`),fe(`disabled`,[X(`&:hover`,[k(`state-border`,`
 box-shadow: var(--n-box-shadow-hover-${e});
 border: var(--n-border-hover-${e});
 `)]),P(`active`,[k(`state-border`,`
 box-shadow: var(--n-box-shadow-active-${e});
 border: var(--n-border-active-${e});
 `),z(`base-selection-label`,`background-color: var(--n-color-active-${e});`),z(`base-selection-tags`,`background-color: var(--n-color-active-${e});`)]),P(`focus`,[k(`state-border`,`
 box-shadow: var(--n-box-shadow-focus-${e});
 border: var(--n-border-focus-${e});
 `)])])]))]),z(`base-selection-popover`,`
 margin-bottom: -3px;
 display: flex;
 flex-wrap: wrap;
 margin-right: -8px;
 `),z(`base-selection-tag-wrapper`,`
 max-width: 100%;
 display: inline-flex;
 padding: 0 7px 3px 0;
 `,[X(`&:last-child`,`padding-right: 0;`),z(`tag`,`
 font-size: 14px;
 max-width: 100%;
 `,[k(`content`,`
 line-height: 1.25;
 text-overflow: ellipsis;
 overflow: hidden;
 `)])])]),Ze=[`disabled`,`value`,`autofocus`,`onBlur`,`onFocus`,`onKeydown`,`onInput`,`onCompositionstart`,`onCompositionend`],Qe=[`tabindex`],$e=[`title`],et=[`value`,`readonly`,`disabled`,`autofocus`,`onFocus`,`onBlur`,`onInput`,`onCompositionstart`,`onCompositionend`],tt=[`tabindex`],nt=[`onClick`,`onMouseenter`,`onMouseleave`,`onKeydown`,`onFocusin`,`onFocusout`,`onMousedown`],rt=W({name:`InternalSelection`,props:{...O.props,clsPrefix:{type:String,required:!0},bordered:{type:Boolean,default:void 0},active:Boolean,pattern:{type:String,default:``},placeholder:String,selectedOption:{type:Object,default:null},selectedOptions:{type:Array,default:null},labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},multiple:Boolean,filterable:Boolean,clearable:Boolean,disabled:Boolean,size:{type:String,default:`medium`},loading:Boolean,autofocus:Boolean,showArrow:{type:Boolean,default:!0},inputProps:Object,focused:Boolean,renderTag:Function,onKeydown:Function,onClick:Function,onBlur:Function,onFocus:Function,onDeleteOption:Function,maxTagCount:[String,Number],ellipsisTagPopoverProps:Object,onClear:Function,onPatternInput:Function,onPatternFocus:Function,onPatternBlur:Function,renderLabel:Function,status:String,inlineThemeDisabled:Boolean,ignoreComposition:{type:Boolean,default:!0},onResize:Function},setup(e){let{mergedClsPrefixRef:t,mergedRtlRef:n}=pe(e),r=h(`InternalSelection`,n,t),i=L(null),a=L(null),o=L(null),s=L(null),l=L(null),u=L(null),d=L(null),f=L(null),p=L(null),m=L(null),g=L(!1),_=L(!1),v=L(!1),y=O(`InternalSelection`,`-internal-selection`,Xe,c,e,V(e,`clsPrefix`)),b=H(()=>e.clearable&&!e.disabled&&(v.value||e.active)),x=H(()=>e.selectedOption?e.renderTag?e.renderTag({option:e.selectedOption,handleClose:()=>{}}):e.renderLabel?e.renderLabel(e.selectedOption,!0):w(e.selectedOption[e.labelField],e.selectedOption,!0):e.placeholder),ee=H(()=>{let t=e.selectedOption;if(t)return t[e.labelField]}),S=H(()=>e.multiple?!!(Array.isArray(e.selectedOptions)&&e.selectedOptions.length):e.selectedOption!==null);function C(){let{value:t}=i;if(t){let{value:n}=a;n&&(n.style.width=`${t.offsetWidth}px`,e.maxTagCount!==`responsive`&&p.value?.sync({showAllItemsBeforeCalculate:!1}))}}function te(){let{value:e}=m;e&&(e.style.display=`none`)}function T(){let{value:e}=m;e&&(e.style.display=`inline-block`)}re(V(e,`active`),e=>{e||te()}),re(V(e,`pattern`),()=>{e.multiple&&le(C)});function D(t){let{onFocus:n}=e;n&&n(t)}function k(t){let{onBlur:n}=e;n&&n(t)}function A(t){let{onDeleteOption:n}=e;n&&n(t)}function j(t){let{onClear:n}=e;n&&n(t)}function N(t){let{onPatternInput:n}=e;n&&n(t)}function P(e){e.relatedTarget&&o.value?.contains(e.relatedTarget)||D(e)}function ie(e){o.value?.contains(e.relatedTarget)||k(e)}function F(e){j(e)}function I(){v.value=!0}function R(){v.value=!1}function ae(t){e.active&&e.filterable&&t.target!==a.value&&t.preventDefault()}function z(e){A(e)}let B=L(!1);function oe(t){if(t.key===`Backspace`&&!B.value&&!e.pattern.length){let{selectedOptions:t}=e;t?.length&&z(t[t.length-1])}}let W=null;function G(t){let{value:n}=i;n&&(n.textContent=t.target.value,C()),e.ignoreComposition&&B.value?W=t:N(t)}function se(){B.value=!0}function ce(){B.value=!1,e.ignoreComposition&&N(W),W=null}function K(t){_.value=!0,e.onPatternFocus?.(t)}function ue(t){_.value=!1,e.onPatternBlur?.(t)}function de(){if(e.filterable)_.value=!1,u.value?.blur(),a.value?.blur();else if(e.multiple){let{value:e}=s;e?.blur()}else{let{value:e}=l;e?.blur()}}function fe(){e.filterable?(_.value=!1,u.value?.focus()):e.multiple?s.value?.focus():l.value?.focus()}function J(){let{value:e}=a;e&&(T(),e.focus())}function me(){let{value:e}=a;e&&e.blur()}function he(e){let{value:t}=d;t&&t.setTextContent(`+${e}`)}function Y(){let{value:e}=f;return e}function X(){return a.value}let Z=null;function Q(){Z!==null&&window.clearTimeout(Z)}function ge(){e.active||(Q(),Z=window.setTimeout(()=>{S.value&&(g.value=!0)},100))}function _e(){Q()}function ve(e){e||(Q(),g.value=!1)}re(S,e=>{e||(g.value=!1)}),U(()=>{q(()=>{let t=u.value;t&&(e.disabled?t.removeAttribute(`tabindex`):t.tabIndex=_.value?-1:0)})}),Pe(o,e.onResize);let{inlineThemeDisabled:ye}=e,be=H(()=>{let{size:t}=e,{common:{cubicBezierEaseInOut:n},self:{fontWeight:r,borderRadius:i,color:a,placeholderColor:o,textColor:s,paddingSingle:c,paddingMultiple:l,caretColor:u,colorDisabled:d,textColorDisabled:f,placeholderColorDisabled:p,colorActive:m,boxShadowFocus:h,boxShadowActive:g,boxShadowHover:_,border:v,borderFocus:b,borderHover:x,borderActive:ee,arrowColor:S,arrowColorDisabled:C,loadingColor:w,colorActiveWarning:te,boxShadowFocusWarning:T,boxShadowActiveWarning:D,boxShadowHoverWarning:O,borderWarning:k,borderFocusWarning:A,borderHoverWarning:j,borderActiveWarning:N,colorActiveError:ne,boxShadowFocusError:re,boxShadowActiveError:P,boxShadowHoverError:ie,borderError:F,borderFocusError:I,borderHoverError:L,borderActiveError:R,clearColor:ae,clearColorHover:z,clearColorPressed:B,clearSize:V,arrowSize:oe,[E(`height`,t)]:H,[E(`fontSize`,t)]:U}}=y.value,W=M(c),G=M(l);return{"--n-bezier":n,"--n-border":v,"--n-border-active":ee,"--n-border-focus":b,"--n-border-hover":x,"--n-border-radius":i,"--n-box-shadow-active":g,"--n-box-shadow-focus":h,"--n-box-shadow-hover":_,"--n-caret-color":u,"--n-color":a,"--n-color-active":m,"--n-color-disabled":d,"--n-font-size":U,"--n-height":H,"--n-padding-single-top":W.top,"--n-padding-multiple-top":G.top,"--n-padding-single-right":W.right,"--n-padding-multiple-right":G.right,"--n-padding-single-left":W.left,"--n-padding-multiple-left":G.left,"--n-padding-single-bottom":W.bottom,"--n-padding-multiple-bottom":G.bottom,"--n-placeholder-color":o,"--n-placeholder-color-disabled":p,"--n-text-color":s,"--n-text-color-disabled":f,"--n-arrow-color":S,"--n-arrow-color-disabled":C,"--n-loading-color":w,"--n-color-active-warning":te,"--n-box-shadow-focus-warning":T,"--n-box-shadow-active-warning":D,"--n-box-shadow-hover-warning":O,"--n-border-warning":k,"--n-border-focus-warning":A,"--n-border-hover-warning":j,"--n-border-active-warning":N,"--n-color-active-error":ne,"--n-box-shadow-focus-error":re,"--n-box-shadow-active-error":P,"--n-box-shadow-hover-error":ie,"--n-border-error":F,"--n-border-focus-error":I,"--n-border-hover-error":L,"--n-border-active-error":R,"--n-clear-size":V,"--n-clear-color":ae,"--n-clear-color-hover":z,"--n-clear-color-pressed":B,"--n-arrow-size":oe,"--n-font-weight":r}}),xe=ye?ne(`internal-selection`,H(()=>e.size[0]),be,e):void 0;return{mergedTheme:y,mergedClearable:b,mergedClsPrefix:t,rtlEnabled:r,patternInputFocused:_,filterablePlaceholder:x,label:ee,selected:S,showTagsPanel:g,isComposing:B,counterRef:d,counterWrapperRef:f,patternInputMirrorRef:i,patternInputRef:a,selfRef:o,multipleElRef:s,singleElRef:l,patternInputWrapperRef:u,overflowRef:p,inputTagElRef:m,handleMouseDown:ae,handleFocusin:P,handleClear:F,handleMouseEnter:I,handleMouseLeave:R,handleDeleteOption:z,handlePatternKeyDown:oe,handlePatternInputInput:G,handlePatternInputBlur:ue,handlePatternInputFocus:K,handleMouseEnterCounter:ge,handleMouseLeaveCounter:_e,handleFocusout:ie,handleCompositionEnd:ce,handleCompositionStart:se,onPopoverUpdateShow:ve,focus:fe,focusInput:J,blur:de,blurInput:me,updateCounter:he,getCounter:Y,getTail:X,renderLabel:e.renderLabel,cssVars:ye?void 0:be,themeClass:xe?.themeClass,onRender:xe?.onRender}},render(){let{status:e,multiple:t,size:n,disabled:r,filterable:i,maxTagCount:o,bordered:s,clsPrefix:c,ellipsisTagPopoverProps:l,onRender:u,renderTag:d,renderLabel:f}=this;u?.();let p=o===`responsive`,m=typeof o==`number`,h=p||m,_=(Z(),T(g,null,{default:()=>(Z(),T(_e,{clsPrefix:c,loading:this.loading,showArrow:this.showArrow,showClear:this.mergedClearable&&this.selected,onClear:this.handleClear},{default:()=>this.$slots.arrow?.()},1032,[`clsPrefix`,`loading`,`showArrow`,`showClear`,`onClear`]))},1024)),v;if(t){let{labelField:e}=this,t=t=>(Z(),Y(`div`,{class:Q(`${c}-base-selection-tag-wrapper`),key:t.value},[d?(Z(),Y(J,{key:0},[j(()=>d({option:t,handleClose:()=>{this.handleDeleteOption(t)}}))],64)):(Z(),T(Se,{key:1,size:n,closable:!t.disabled,disabled:r,onClose:()=>{this.handleDeleteOption(t)},internalCloseIsButtonTag:!1,internalCloseFocusable:!1},{default:()=>f?f(t,!0):w(t[e],t,!0)},1032,[`size`,`closable`,`disabled`,`onClose`]))],2)),s=()=>(m?this.selectedOptions.slice(0,o):this.selectedOptions).map(t),u=i?(Z(),Y(`div`,{class:Q(`${c}-base-selection-input-tag`),ref:`inputTagElRef`,key:`__input-tag__`},[F(`input`,K(this.inputProps,{ref:`patternInputRef`,tabindex:-1,disabled:r,value:this.pattern,autofocus:this.autofocus,class:`${c}-base-selection-input-tag__input`,onBlur:this.handlePatternInputBlur,onFocus:this.handlePatternInputFocus,onKeydown:this.handlePatternKeyDown,onInput:this.handlePatternInputInput,onCompositionstart:this.handleCompositionStart,onCompositionend:this.handleCompositionEnd}),null,16,Ze),F(`span`,{ref:`patternInputMirrorRef`,class:Q(`${c}-base-selection-input-tag__mirror`)},[j(()=>this.pattern)],2)],2)):null,g=p?()=>(Z(),Y(`div`,{class:Q(`${c}-base-selection-tag-wrapper`),ref:`counterWrapperRef`},[(Z(),T(Se,{size:n,ref:`counterRef`,onMouseenter:this.handleMouseEnterCounter,onMouseleave:this.handleMouseLeaveCounter,disabled:r},null,8,[`size`,`onMouseenter`,`onMouseleave`,`disabled`]))],2)):void 0,y;if(m){let e=this.selectedOptions.length-o;e>0&&(y=(t=>(Z(),Y(`div`,{class:Q(`${c}-base-selection-tag-wrapper`),key:`__counter__`},[(Z(),T(Se,{size:n,ref:`counterRef`,onMouseenter:this.handleMouseEnterCounter,disabled:r},{default:()=>`+${e}`},1032,[`size`,`onMouseenter`,`disabled`]))],2)))(y))}let b=p?i?(Z(),T(Me,{key:3,ref:`overflowRef`,updateCounter:this.updateCounter,getCounter:this.getCounter,getTail:this.getTail,style:{width:`100%`,display:`flex`,overflow:`hidden`}},{default:s,counter:g,tail:()=>u},1032,[`updateCounter`,`getCounter`,`getTail`])):(Z(),T(Me,{key:4,ref:`overflowRef`,updateCounter:this.updateCounter,getCounter:this.getCounter,style:{width:`100%`,display:`flex`,overflow:`hidden`}},{default:s,counter:g},1032,[`updateCounter`,`getCounter`])):m&&y?s().concat(y):s(),x=h?()=>(Z(),Y(`div`,{class:Q(`${c}-base-selection-popover`)},[p?(Z(),Y(J,{key:0},[j(()=>s())],64)):(Z(),Y(J,{key:1},[j(()=>this.selectedOptions.map(t))],64))],2)):void 0,ee=h?{show:this.showTagsPanel,trigger:`hover`,overlap:!0,placement:`top`,width:`trigger`,onUpdateShow:this.onPopoverUpdateShow,theme:this.mergedTheme.peers.Popover,themeOverrides:this.mergedTheme.peerOverrides.Popover,...l}:null,S=!this.selected&&(!this.active||!this.pattern&&!this.isComposing)?(Z(),Y(`div`,{key:5,class:Q(`${c}-base-selection-placeholder ${c}-base-selection-overlay`)},[F(`div`,{class:Q(`${c}-base-selection-placeholder__inner`)},[j(()=>this.placeholder)],2)],2)):null,C=i?(Z(),Y(`div`,{key:6,ref:`patternInputWrapperRef`,class:Q(`${c}-base-selection-tags`)},[j(()=>b),p?j(()=>null):(Z(),Y(J,{key:1},[j(()=>u)],64)),j(()=>_)],2)):(Z(),Y(`div`,{key:7,ref:`multipleElRef`,class:Q(`${c}-base-selection-tags`),tabindex:r?void 0:0},[j(()=>b),j(()=>_)],10,Qe));v=(e=>(Z(),Y(J,{key:8},[h?(Z(),T(a,K({key:0},ee,{scrollable:!0,style:`max-height: calc(var(--v-target-height) * 6.6);`}),{trigger:()=>C,default:x},1040)):(Z(),Y(J,{key:1},[j(()=>C)],64)),j(()=>S)],64)))(v)}else if(i){let e=this.pattern||this.isComposing,t=this.active?!e:!this.selected,n=!this.active&&this.selected;v=(e=>(Z(),Y(`div`,{key:9,ref:`patternInputWrapperRef`,class:Q(`${c}-base-selection-label`),title:this.patternInputFocused?void 0:Ne(this.label)},[F(`input`,K(this.inputProps,{ref:`patternInputRef`,class:`${c}-base-selection-input`,value:this.active?this.pattern:``,placeholder:``,readonly:r,disabled:r,tabindex:-1,autofocus:this.autofocus,onFocus:this.handlePatternInputFocus,onBlur:this.handlePatternInputBlur,onInput:this.handlePatternInputInput,onCompositionstart:this.handleCompositionStart,onCompositionend:this.handleCompositionEnd}),null,16,et),n?(Z(),Y(`div`,{class:Q(`${c}-base-selection-label__render-label ${c}-base-selection-overlay`),key:`input`},[F(`div`,{class:Q(`${c}-base-selection-overlay__wrapper`)},[d?(Z(),Y(J,{key:0},[j(()=>d({option:this.selectedOption,handleClose:()=>{}}))],64)):(Z(),Y(J,{key:1},[f?(Z(),Y(J,{key:0},[j(()=>f(this.selectedOption,!0))],64)):(Z(),Y(J,{key:1},[j(()=>w(this.label,this.selectedOption,!0))],64))],64))],2)],2)):j(()=>null),t?(Z(),Y(`div`,{class:Q(`${c}-base-selection-placeholder ${c}-base-selection-overlay`),key:`placeholder`},[F(`div`,{class:Q(`${c}-base-selection-overlay__wrapper`)},[j(()=>this.filterablePlaceholder)],2)],2)):j(()=>null),j(()=>_)],10,$e)))(v)}else v=(e=>(Z(),Y(`div`,{key:10,ref:`singleElRef`,class:Q(`${c}-base-selection-label`),tabindex:this.disabled?void 0:0},[this.label===void 0?(Z(),Y(`div`,{class:Q(`${c}-base-selection-placeholder ${c}-base-selection-overlay`),key:`placeholder`},[F(`div`,{class:Q(`${c}-base-selection-placeholder__inner`)},[j(()=>this.placeholder)],2)],2)):(Z(),Y(`div`,{class:Q(`${c}-base-selection-input`),title:Ne(this.label),key:`input`},[F(`div`,{class:Q(`${c}-base-selection-input__content`)},[d?(Z(),Y(J,{key:0},[j(()=>d({option:this.selectedOption,handleClose:()=>{}}))],64)):(Z(),Y(J,{key:1},[f?(Z(),Y(J,{key:0},[j(()=>f(this.selectedOption,!0))],64)):(Z(),Y(J,{key:1},[j(()=>w(this.label,this.selectedOption,!0))],64))],64))],2)],10,[`title`])),j(()=>_)],10,tt)))(v);return Z(),Y(`div`,{ref:`selfRef`,class:Q([`${c}-base-selection`,this.rtlEnabled&&`${c}-base-selection--rtl`,this.themeClass,e&&`${c}-base-selection--${e}-status`,{[`${c}-base-selection--active`]:this.active,[`${c}-base-selection--selected`]:this.selected||this.active&&this.pattern,[`${c}-base-selection--disabled`]:this.disabled,[`${c}-base-selection--multiple`]:this.multiple,[`${c}-base-selection--focus`]:this.focused}]),style:A(this.cssVars),onClick:this.onClick,onMouseenter:this.handleMouseEnter,onMouseleave:this.handleMouseLeave,onKeydown:this.onKeydown,onFocusin:this.handleFocusin,onFocusout:this.handleFocusout,onMousedown:this.handleMouseDown},[j(()=>v),s?(Z(),Y(`div`,{key:0,class:Q(`${c}-base-selection__border`)},null,2)):j(()=>null),s?(Z(),Y(`div`,{key:2,class:Q(`${c}-base-selection__state-border`)},null,2)):j(()=>null)],46,nt)}}),it=X([z(`select`,`
 z-index: auto;
 outline: none;
 width: 100%;
 position: relative;
 font-weight: var(--n-font-weight);
 `),z(`select-menu`,`
 margin: 4px 0;
 box-shadow: var(--n-menu-box-shadow);
 `,[C({originalTransition:`background-color .3s var(--n-bezier), box-shadow .3s var(--n-bezier)`})])]),at={...O.props,to:t.propTo,bordered:{type:Boolean,default:void 0},clearable:Boolean,clearCreatedOptionsOnClear:{type:Boolean,default:!0},clearFilterAfterSelect:{type:Boolean,default:!0},options:{type:Array,default:()=>[]},defaultValue:{type:[String,Number,Array],default:null},keyboard:{type:Boolean,default:!0},value:[String,Number,Array],placeholder:String,menuProps:Object,multiple:Boolean,size:String,menuSize:{type:String},filterable:Boolean,disabled:{type:Boolean,default:void 0},remote:Boolean,loading:Boolean,filter:Function,placement:{type:String,default:`bottom-start`},widthMode:{type:String,default:`trigger`},tag:Boolean,onCreate:Function,fallbackOption:{type:[Function,Boolean],default:void 0},show:{type:Boolean,default:void 0},showArrow:{type:Boolean,default:!0},maxTagCount:[Number,String],ellipsisTagPopoverProps:Object,consistentMenuWidth:{type:Boolean,default:!0},virtualScroll:{type:Boolean,default:!0},labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},childrenField:{type:String,default:`children`},renderLabel:Function,renderOption:Function,renderTag:Function,"onUpdate:value":[Function,Array],inputProps:Object,nodeProps:Function,ignoreComposition:{type:Boolean,default:!0},showOnFocus:Boolean,onUpdateValue:[Function,Array],onBlur:[Function,Array],onClear:[Function,Array],onFocus:[Function,Array],onScroll:[Function,Array],onSearch:[Function,Array],onUpdateShow:[Function,Array],"onUpdate:show":[Function,Array],displayDirective:{type:String,default:`show`},resetMenuOnOptionsChange:{type:Boolean,default:!0},status:String,showCheckmark:{type:Boolean,default:!0},scrollbarProps:Object,onChange:[Function,Array],items:Array},ot=W({name:`Select`,props:at,slots:Object,setup(e){let{mergedClsPrefixRef:n,mergedBorderedRef:r,namespaceRef:i,inlineThemeDisabled:a,mergedComponentPropsRef:o}=pe(e),c=O(`Select`,`-select`,it,l,e,n),u=L(e.defaultValue),d=V(e,`value`),f=Ee(d,u),p=L(!1),m=L(``),h=Te(e,[`items`,`options`]),g=L([]),_=L([]),y=H(()=>_.value.concat(g.value).concat(h.value)),b=H(()=>{let{filter:t}=e;if(t)return t;let{labelField:n,valueField:r}=e;return(e,t)=>{if(!t)return!1;let i=t[n];if(typeof i==`string`)return Ke(e,i);let a=t[r];return typeof a==`string`?Ke(e,a):typeof a==`number`&&Ke(e,String(a))}}),x=H(()=>{if(e.remote)return h.value;{let{value:t}=y,{value:n}=m;return!n.length||!e.filterable?t:Je(t,b.value,n,e.childrenField)}}),S=H(()=>{let{valueField:t,childrenField:n}=e,r=qe(t,n);return xe(x.value,r)}),C=H(()=>Ye(y.value,e.valueField,e.childrenField)),w=L(!1),T=Ee(V(e,`show`),w),E=L(null),D=L(null),k=L(null),{localeRef:A}=ge(`Select`),j=H(()=>e.placeholder??A.value.placeholder),M=[],N=L(new Map),P=H(()=>{let{fallbackOption:t}=e;if(t===void 0){let{labelField:t,valueField:n}=e;return e=>({[t]:String(e),[n]:e})}return t===!1?!1:e=>Object.assign(t(e),{value:e})});function ie(t){let n=e.remote,{value:r}=N,{value:i}=C,{value:a}=P,o=[];return t.forEach(e=>{if(i.has(e))o.push(i.get(e));else if(n&&r.has(e))o.push(r.get(e));else if(a){let t=a(e);t&&o.push(t)}}),o}let F=H(()=>{if(e.multiple){let{value:e}=f;return Array.isArray(e)?ie(e):[]}return null}),I=H(()=>{let{value:t}=f;return!e.multiple&&!Array.isArray(t)?t===null?null:ie([t])[0]||null:null}),R=ee(e,{mergedSize:t=>{let{size:n}=e;if(n)return n;let{mergedSize:r}=t||{};return r?.value?r.value:o?.value?.Select?.size||`medium`}}),{mergedSizeRef:z,mergedDisabledRef:B,mergedStatusRef:oe}=R;function U(t,n){let{onChange:r,"onUpdate:value":i,onUpdateValue:a}=e,{nTriggerFormChange:o,nTriggerFormInput:s}=R;r&&v(r,t,n),a&&v(a,t,n),i&&v(i,t,n),u.value=t,o(),s()}function W(t){let{onBlur:n}=e,{nTriggerFormBlur:r}=R;n&&v(n,t),r()}function G(){let{onClear:t}=e;t&&v(t)}function se(t){let{onFocus:n,showOnFocus:r}=e,{nTriggerFormFocus:i}=R;n&&v(n,t),i(),r&&de()}function ce(t){let{onSearch:n}=e;n&&v(n,t)}function K(t){let{onScroll:n}=e;n&&v(n,t)}function le(){let{remote:t,multiple:n}=e;if(t){let{value:t}=N;if(n){let{valueField:n}=e;F.value?.forEach(e=>{t.set(e[n],e)})}else{let n=I.value;n&&t.set(n[e.valueField],n)}}}function ue(t){let{onUpdateShow:n,"onUpdate:show":r}=e;n&&v(n,t),r&&v(r,t),w.value=t}function de(){B.value||(ue(!0),w.value=!0,e.filterable&&Ne())}function q(){ue(!1)}function fe(){m.value=``,_.value=M}let J=L(!1);function me(){e.filterable&&(J.value=!0)}function he(){e.filterable&&(J.value=!1,T.value||fe())}function Y(){B.value||(T.value?e.filterable?Ne():q():de())}function X(e){k.value?.selfRef?.contains(e.relatedTarget)||(p.value=!1,W(e),q())}function Z(e){se(e),p.value=!0}function Q(){p.value=!0}function _e(e){E.value?.$el.contains(e.relatedTarget)||(p.value=!1,W(e),q())}function ye(){E.value?.focus(),q()}function be(e){T.value&&(E.value?.$el.contains(te(e))||q())}function Se(t){if(!Array.isArray(t))return[];if(P.value)return Array.from(t);{let{remote:n}=e,{value:r}=C;if(n){let{value:e}=N;return t.filter(t=>r.has(t)||e.has(t))}return t.filter(e=>r.has(e))}}function Ce(e){we(e.rawNode)}function we(t){if(B.value)return;let{tag:n,remote:r,clearFilterAfterSelect:i,valueField:a}=e;if(n&&!r){let{value:e}=_,t=e[0]||null;if(t){let e=g.value;e.length?e.push(t):g.value=[t],_.value=M}}if(r&&N.value.set(t[a],t),e.multiple){let e=Se(f.value),o=e.findIndex(e=>e===t[a]);if(~o){if(e.splice(o,1),n&&!r){let e=De(t[a]);~e&&(g.value.splice(e,1),i&&(m.value=``))}}else e.push(t[a]),i&&(m.value=``);U(e,ie(e))}else{if(n&&!r){let e=De(t[a]);~e?g.value=[g.value[e]]:g.value=M}Me(),q(),U(t[a],t)}}function De(t){return g.value.findIndex(n=>n[e.valueField]===t)}function Oe(t){T.value||de();let{value:n}=t.target;m.value=n;let{tag:r,remote:i}=e;if(ce(n),r&&!i){if(!n){_.value=M;return}let{onCreate:t}=e,r=t?t(n):{[e.labelField]:n,[e.valueField]:n},{valueField:i,labelField:a}=e;h.value.some(e=>e[i]===r[i]||e[a]===r[a])||g.value.some(e=>e[i]===r[i]||e[a]===r[a])?_.value=M:_.value=[r]}}function ke(t){t.stopPropagation();let{multiple:n,tag:r,remote:i,clearCreatedOptionsOnClear:a}=e;!n&&e.filterable&&q(),r&&!i&&a&&(g.value=M),G(),n?U([],[]):U(null,null)}function Ae(e){ve(e,`action`)||ve(e,`empty`)||ve(e,`header`)||e.preventDefault()}function $(e){K(e)}function je(t){if(!e.keyboard)t.preventDefault();else switch(t.key){case` `:if(e.filterable)break;t.preventDefault();case`Enter`:if(!E.value?.isComposing){if(T.value){let t=k.value?.getPendingTmNode();t?Ce(t):e.filterable||(q(),Me())}else if(de(),e.tag&&J.value){let t=_.value[0];if(t){let n=t[e.valueField],{value:r}=f;e.multiple&&Array.isArray(r)&&r.includes(n)||we(t)}}}t.preventDefault();break;case`ArrowUp`:if(t.preventDefault(),e.loading)return;T.value&&k.value?.prev();break;case`ArrowDown`:if(t.preventDefault(),e.loading)return;T.value?k.value?.next():de();break;case`Escape`:T.value&&(s(t),q()),E.value?.focus()}}function Me(){E.value?.focus()}function Ne(){E.value?.focusInput()}function Pe(){T.value&&D.value?.syncPosition()}le(),re(V(e,`options`),le);let Fe={focus:()=>{E.value?.focus()},focusInput:()=>{E.value?.focusInput()},blur:()=>{E.value?.blur()},blurInput:()=>{E.value?.blurInput()}},Ie=H(()=>{let{self:{menuBoxShadow:e}}=c.value;return{"--n-menu-box-shadow":e}}),Le=a?ne(`select`,void 0,Ie,e):void 0;return{...Fe,mergedStatus:oe,mergedClsPrefix:n,mergedBordered:r,namespace:i,treeMate:S,isMounted:ae(),triggerRef:E,menuRef:k,pattern:m,uncontrolledShow:w,mergedShow:T,adjustedTo:t(e),uncontrolledValue:u,mergedValue:f,followerRef:D,localizedPlaceholder:j,selectedOption:I,selectedOptions:F,mergedSize:z,mergedDisabled:B,focused:p,activeWithoutMenuOpen:J,inlineThemeDisabled:a,onTriggerInputFocus:me,onTriggerInputBlur:he,handleTriggerOrMenuResize:Pe,handleMenuFocus:Q,handleMenuBlur:_e,handleMenuTabOut:ye,handleTriggerClick:Y,handleToggle:Ce,handleDeleteOption:we,handlePatternInput:Oe,handleClear:ke,handleTriggerBlur:X,handleTriggerFocus:Z,handleKeydown:je,handleMenuAfterLeave:fe,handleMenuClickOutside:be,handleMenuScroll:$,handleMenuKeydown:je,handleMenuMousedown:Ae,mergedTheme:c,cssVars:a?void 0:Ie,themeClass:Le?.themeClass,onRender:Le?.onRender}},render(){return Z(),Y(`div`,{class:Q(`${this.mergedClsPrefix}-select`)},[me(i,null,{_:1,default:D(()=>[(Z(),T(e,null,{_:1,default:D(()=>(Z(),T(rt,{ref:`triggerRef`,inlineThemeDisabled:this.inlineThemeDisabled,status:this.mergedStatus,inputProps:this.inputProps,clsPrefix:this.mergedClsPrefix,showArrow:this.showArrow,maxTagCount:this.maxTagCount,ellipsisTagPopoverProps:this.ellipsisTagPopoverProps,bordered:this.mergedBordered,active:this.activeWithoutMenuOpen||this.mergedShow,pattern:this.pattern,placeholder:this.localizedPlaceholder,selectedOption:this.selectedOption,selectedOptions:this.selectedOptions,multiple:this.multiple,renderTag:this.renderTag,renderLabel:this.renderLabel,filterable:this.filterable,clearable:this.clearable,disabled:this.mergedDisabled,size:this.mergedSize,theme:this.mergedTheme.peers.InternalSelection,labelField:this.labelField,valueField:this.valueField,themeOverrides:this.mergedTheme.peerOverrides.InternalSelection,loading:this.loading,focused:this.focused,onClick:this.handleTriggerClick,onDeleteOption:this.handleDeleteOption,onPatternInput:this.handlePatternInput,onClear:this.handleClear,onBlur:this.handleTriggerBlur,onFocus:this.handleTriggerFocus,onKeydown:this.handleKeydown,onPatternBlur:this.onTriggerInputBlur,onPatternFocus:this.onTriggerInputFocus,onResize:this.handleTriggerOrMenuResize,ignoreComposition:this.ignoreComposition},{_:1,arrow:D(()=>[this.$slots.arrow?.()])},8,`inlineThemeDisabled.status.inputProps.clsPrefix.showArrow.maxTagCount.ellipsisTagPopoverProps.bordered.active.pattern.placeholder.selectedOption.selectedOptions.multiple.renderTag.renderLabel.filterable.clearable.disabled.size.theme.labelField.valueField.themeOverrides.loading.focused.onClick.onDeleteOption.onPatternInput.onClear.onBlur.onFocus.onKeydown.onPatternBlur.onPatternFocus.onResize.ignoreComposition`.split(`.`))))})),(Z(),T(n,{ref:`followerRef`,show:this.mergedShow,to:this.adjustedTo,teleportDisabled:this.adjustedTo===t.tdkey,containerClass:this.namespace,width:this.consistentMenuWidth?`target`:void 0,minWidth:`target`,placement:this.placement},{_:1,default:D(()=>(Z(),T(N,{name:`fade-in-scale-up-transition`,appear:this.isMounted,onAfterLeave:this.handleMenuAfterLeave},{_:1,default:D(()=>this.mergedShow||this.displayDirective===`show`?(this.onRender?.(),de((Z(),T(Ue,K(this.menuProps,{ref:`menuRef`,onResize:this.handleTriggerOrMenuResize,inlineThemeDisabled:this.inlineThemeDisabled,virtualScroll:this.consistentMenuWidth&&this.virtualScroll,class:[`${this.mergedClsPrefix}-select-menu`,this.themeClass,this.menuProps?.class],clsPrefix:this.mergedClsPrefix,focusable:!0,labelField:this.labelField,valueField:this.valueField,autoPending:!0,nodeProps:this.nodeProps,theme:this.mergedTheme.peers.InternalSelectMenu,themeOverrides:this.mergedTheme.peerOverrides.InternalSelectMenu,treeMate:this.treeMate,multiple:this.multiple,size:this.menuSize,renderOption:this.renderOption,renderLabel:this.renderLabel,value:this.mergedValue,style:[this.menuProps?.style,this.cssVars],onToggle:this.handleToggle,onScroll:this.handleMenuScroll,onFocus:this.handleMenuFocus,onBlur:this.handleMenuBlur,onKeydown:this.handleMenuKeydown,onTabOut:this.handleMenuTabOut,onMousedown:this.handleMenuMousedown,show:this.mergedShow,showCheckmark:this.showCheckmark,resetMenuOnOptionsChange:this.resetMenuOnOptionsChange,scrollbarProps:this.scrollbarProps}),{_:1,empty:D(()=>[this.$slots.empty?.()]),header:D(()=>[this.$slots.header?.()]),action:D(()=>[this.$slots.action?.()])},16,`onResize.inlineThemeDisabled.virtualScroll.class.clsPrefix.labelField.valueField.nodeProps.theme.themeOverrides.treeMate.multiple.size.renderOption.renderLabel.value.style.onToggle.onScroll.onFocus.onBlur.onKeydown.onTabOut.onMousedown.show.showCheckmark.resetMenuOnOptionsChange.scrollbarProps`.split(`.`))),this.displayDirective===`show`?[[B,this.mergedShow],[m,this.handleMenuClickOutside,void 0,{capture:!0}]]:[[m,this.handleMenuClickOutside,void 0,{capture:!0}]])):null)},8,[`appear`,`onAfterLeave`])))},8,[`show`,`to`,`teleportDisabled`,`containerClass`,`width`,`placement`]))])})],2)}});export{qe as n,Ue as r,ot as t};