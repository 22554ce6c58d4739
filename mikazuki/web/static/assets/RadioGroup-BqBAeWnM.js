import{A as e,B as t,F as n,V as r,W as i,m as a}from"./i18n-D5Ga6e_b.js";import{$t as o,Ct as s,Fn as c,Gt as l,I as u,Kt as d,M as f,Mn as p,N as m,S as h,St as g,U as _,V as v,Yt as y,mn as b,nn as x,pn as S,qt as C,vt as w,wt as T,x as E,xt as D,yt as O,zn as k}from"./_plugin-vue_export-helper-7feDbWgl.js";import{t as A}from"./use-merged-state-B4XHzrZT.js";import{t as j}from"./get-slot-6kXJmSMP.js";import{R as M}from"./index-Q9UsUwtw.js";var N=O(`radio`,`
 line-height: var(--n-label-line-height);
 outline: none;
 position: relative;
 user-select: none;
 -webkit-user-select: none;
 display: inline-flex;
 align-items: flex-start;
 flex-wrap: nowrap;
 font-size: var(--n-font-size);
 word-break: break-word;
`,[g(`checked`,[D(`dot`,`
 background-color: var(--n-color-active);
 `)]),D(`dot-wrapper`,`
 position: relative;
 flex-shrink: 0;
 flex-grow: 0;
 width: var(--n-radio-size);
 `),O(`radio-input`,`
 position: absolute;
 border: 0;
 width: 0;
 height: 0;
 opacity: 0;
 margin: 0;
 `),D(`dot`,`
 position: absolute;
 top: 50%;
 left: 0;
 transform: translateY(-50%);
 height: var(--n-radio-size);
 width: var(--n-radio-size);
 background: var(--n-color);
 box-shadow: var(--n-box-shadow);
 border-radius: 50%;
 transition:
 background-color .3s var(--n-bezier),
 box-shadow .3s var(--n-bezier);
 `,[w(`&::before`,`
 content: "";
 opacity: 0;
 position: absolute;
 left: 4px;
 top: 4px;
 height: calc(100% - 8px);
 width: calc(100% - 8px);
 border-radius: 50%;
 transform: scale(.8);
 background: var(--n-dot-color-active);
 transition: 
 opacity .3s var(--n-bezier),
 background-color .3s var(--n-bezier),
 transform .3s var(--n-bezier);
 `),g(`checked`,{boxShadow:`var(--n-box-shadow-active)`},[w(`&::before`,`
 opacity: 1;
 transform: scale(1);
 `)])]),D(`label`,`
 color: var(--n-text-color);
 padding: var(--n-label-padding);
 font-weight: var(--n-label-font-weight);
 display: inline-block;
 transition: color .3s var(--n-bezier);
 `),s(`disabled`,`
 cursor: pointer;
 `,[w(`&:hover`,[D(`dot`,{boxShadow:`var(--n-box-shadow-hover)`})]),g(`focus`,[w(`&:not(:active)`,[D(`dot`,{boxShadow:`var(--n-box-shadow-focus)`})])])]),g(`disabled`,`
 cursor: not-allowed;
 `,[D(`dot`,{boxShadow:`var(--n-box-shadow-disabled)`,backgroundColor:`var(--n-color-disabled)`},[w(`&::before`,{backgroundColor:`var(--n-dot-color-disabled)`}),g(`checked`,`
 opacity: 1;
 `)]),D(`label`,{color:`var(--n-text-color-disabled)`}),O(`radio-input`,`
 cursor: not-allowed;
 `)])]),P={name:String,value:{type:[String,Number,Boolean],default:`on`},checked:{type:Boolean,default:void 0},defaultChecked:Boolean,disabled:{type:Boolean,default:void 0},label:String,size:String,onUpdateChecked:[Function,Array],"onUpdate:checked":[Function,Array],checkedValue:{type:Boolean,default:void 0}},F=_(`n-radio-group`);function I(e){let t=x(F,null),{mergedClsPrefixRef:n,mergedComponentPropsRef:o}=v(e),s=a(e,{mergedSize(n){let{size:r}=e;if(r!==void 0)return r;if(t){let{mergedSizeRef:{value:e}}=t;if(e!==void 0)return e}return n?n.mergedSize.value:o?.value?.Radio?.size||`medium`},mergedDisabled(n){return!!(e.disabled||t?.disabledRef.value||n?.disabled.value)}}),{mergedSizeRef:l,mergedDisabledRef:u}=s,d=p(null),f=p(null),m=p(e.defaultChecked),h=c(e,`checked`),g=A(h,m),_=i(()=>t?t.valueRef.value===e.value:g.value),y=i(()=>{let{name:n}=e;if(n!==void 0)return n;if(t)return t.nameRef.value}),b=p(!1);function S(){if(t){let{doUpdateValue:n}=t,{value:i}=e;r(n,i)}else{let{onUpdateChecked:t,"onUpdate:checked":n}=e,{nTriggerFormInput:i,nTriggerFormChange:a}=s;t&&r(t,!0),n&&r(n,!0),i(),a(),m.value=!0}}function C(){u.value||_.value||S()}function w(){C(),d.value&&(d.value.checked=_.value)}function T(){b.value=!1}function E(){b.value=!0}return{mergedClsPrefix:t?t.mergedClsPrefixRef:n,inputRef:d,labelRef:f,mergedName:y,mergedDisabled:u,renderSafeChecked:_,focus:b,mergedSize:l,handleRadioInputChange:w,handleRadioInputBlur:T,handleRadioInputFocus:E}}var L=[`value`,`name`,`checked`,`disabled`,`onChange`,`onFocus`,`onBlur`],R={...E.props,...P},z=o({name:`Radio`,props:R,setup(t){let n=I(t),r=E(`Radio`,`-radio`,N,M,t,n.mergedClsPrefix),i=l(()=>{let{mergedSize:{value:e}}=n,{common:{cubicBezierEaseInOut:t},self:{boxShadow:i,boxShadowActive:a,boxShadowDisabled:o,boxShadowFocus:s,boxShadowHover:c,color:l,colorDisabled:u,colorActive:d,textColor:f,textColorDisabled:p,dotColorActive:m,dotColorDisabled:h,labelPadding:g,labelLineHeight:_,labelFontWeight:v,[T(`fontSize`,e)]:y,[T(`radioSize`,e)]:b}}=r.value;return{"--n-bezier":t,"--n-label-line-height":_,"--n-label-font-weight":v,"--n-box-shadow":i,"--n-box-shadow-active":a,"--n-box-shadow-disabled":o,"--n-box-shadow-focus":s,"--n-box-shadow-hover":c,"--n-color":l,"--n-color-active":d,"--n-color-disabled":u,"--n-dot-color-active":m,"--n-dot-color-disabled":h,"--n-font-size":y,"--n-radio-size":b,"--n-text-color":f,"--n-text-color-disabled":p,"--n-label-padding":g}}),{inlineThemeDisabled:a,mergedClsPrefixRef:o,mergedRtlRef:s}=v(t),c=e(`Radio`,s,o),u=a?h(`radio`,l(()=>n.mergedSize.value[0]),i,t):void 0;return Object.assign(n,{rtlEnabled:c,cssVars:a?void 0:i,themeClass:u?.themeClass,onRender:u?.onRender})},render(){let{$slots:e,mergedClsPrefix:t,onRender:r,label:i}=this;return r?.(),(()=>{let r=f(`f8c6901d8cd45c02`);return S(),y(`label`,{class:m([`${t}-radio`,this.themeClass,this.rtlEnabled&&`${t}-radio--rtl`,this.mergedDisabled&&`${t}-radio--disabled`,this.renderSafeChecked&&`${t}-radio--checked`,this.focus&&`${t}-radio--focus`]),style:k(this.cssVars)},[d(`div`,{class:m(`${t}-radio__dot-wrapper`)},[r[0]||=u(`\xA0`,-1),d(`div`,{class:m([`${t}-radio__dot`,this.renderSafeChecked&&`${t}-radio__dot--checked`])},null,2),d(`input`,{ref:`inputRef`,type:`radio`,class:m(`${t}-radio-input`),value:this.value,name:this.mergedName,checked:this.renderSafeChecked,disabled:this.mergedDisabled,onChange:this.handleRadioInputChange,onFocus:this.handleRadioInputFocus,onBlur:this.handleRadioInputBlur},null,42,L)],2),u(()=>n(e.default,e=>!e&&!i?null:(S(),y(`div`,{ref:`labelRef`,class:m(`${t}-radio__label`)},[u(()=>e||i)],2))))],6)})()}}),B=[`value`,`name`,`checked`,`disabled`,`onChange`,`onFocus`,`onBlur`],V=o({name:`RadioButton`,props:P,setup:I,render(){let{mergedClsPrefix:e}=this;return S(),y(`label`,{class:m([`${e}-radio-button`,this.mergedDisabled&&`${e}-radio-button--disabled`,this.renderSafeChecked&&`${e}-radio-button--checked`,this.focus&&[`${e}-radio-button--focus`]])},[d(`input`,{ref:`inputRef`,type:`radio`,class:m(`${e}-radio-input`),value:this.value,name:this.mergedName,checked:this.renderSafeChecked,disabled:this.mergedDisabled,onChange:this.handleRadioInputChange,onFocus:this.handleRadioInputFocus,onBlur:this.handleRadioInputBlur},null,42,B),d(`div`,{class:m(`${e}-radio-button__state-border`)},null,2),u(()=>n(this.$slots.default,t=>!t&&!this.label?null:(S(),y(`div`,{ref:`labelRef`,class:m(`${e}-radio__label`)},[u(()=>t||this.label)],2))))],2)}}),H=O(`radio-group`,`
 display: inline-block;
 font-size: var(--n-font-size);
`,[D(`splitor`,`
 display: inline-block;
 vertical-align: bottom;
 width: 1px;
 transition:
 background-color .3s var(--n-bezier),
 opacity .3s var(--n-bezier);
 background: var(--n-button-border-color);
 `,[g(`checked`,{backgroundColor:`var(--n-button-border-color-active)`}),g(`disabled`,{opacity:`var(--n-opacity-disabled)`})]),g(`button-group`,`
 white-space: nowrap;
 height: var(--n-height);
 line-height: var(--n-height);
 `,[O(`radio-button`,{height:`var(--n-height)`,lineHeight:`var(--n-height)`}),D(`splitor`,{height:`var(--n-height)`})]),O(`radio-button`,`
 vertical-align: bottom;
 outline: none;
 position: relative;
 user-select: none;
 -webkit-user-select: none;
 display: inline-block;
 box-sizing: border-box;
 padding-left: 14px;
 padding-right: 14px;
 white-space: nowrap;
 transition:
 background-color .3s var(--n-bezier),
 opacity .3s var(--n-bezier),
 border-color .3s var(--n-bezier),
 color .3s var(--n-bezier);
 background: var(--n-button-color);
 color: var(--n-button-text-color);
 border-top: 1px solid var(--n-button-border-color);
 border-bottom: 1px solid var(--n-button-border-color);
 `,[O(`radio-input`,`
 pointer-events: none;
 position: absolute;
 border: 0;
 border-radius: inherit;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 opacity: 0;
 z-index: 1;
 `),D(`state-border`,`
 z-index: 1;
 pointer-events: none;
 position: absolute;
 box-shadow: var(--n-button-box-shadow);
 transition: box-shadow .3s var(--n-bezier);
 left: -1px;
 bottom: -1px;
 right: -1px;
 top: -1px;
 `),w(`&:first-child`,`
 border-top-left-radius: var(--n-button-border-radius);
 border-bottom-left-radius: var(--n-button-border-radius);
 border-left: 1px solid var(--n-button-border-color);
 `,[D(`state-border`,`
 border-top-left-radius: var(--n-button-border-radius);
 border-bottom-left-radius: var(--n-button-border-radius);
 `)]),w(`&:last-child`,`
 border-top-right-radius: var(--n-button-border-radius);
 border-bottom-right-radius: var(--n-button-border-radius);
 border-right: 1px solid var(--n-button-border-color);
 `,[D(`state-border`,`
 border-top-right-radius: var(--n-button-border-radius);
 border-bottom-right-radius: var(--n-button-border-radius);
 `)]),s(`disabled`,`
 cursor: pointer;
 `,[w(`&:hover`,[D(`state-border`,`
 transition: box-shadow .3s var(--n-bezier);
 box-shadow: var(--n-button-box-shadow-hover);
 `),s(`checked`,{color:`var(--n-button-text-color-hover)`})]),g(`focus`,[w(`&:not(:active)`,[D(`state-border`,{boxShadow:`var(--n-button-box-shadow-focus)`})])])]),g(`checked`,`
 background: var(--n-button-color-active);
 color: var(--n-button-text-color-active);
 border-color: var(--n-button-border-color-active);
 `),g(`disabled`,`
 cursor: not-allowed;
 opacity: var(--n-opacity-disabled);
 `)])]),U=[`onFocusin`,`onFocusout`];function W(e,t,n){let r=[],i=!1;for(let a=0;a<e.length;++a){let o=e[a],s=o.type?.name;s===`RadioButton`&&(i=!0);let c=o.props;if(s!==`RadioButton`)r.push(o);else if(a===0)r.push(o);else{let e=r[r.length-1].props,i=t===e.value,a=e.disabled,s=t===c.value,l=c.disabled,u=(i?2:0)+ +!a,d=(s?2:0)+ +!l,f={[`${n}-radio-group__splitor--disabled`]:a,[`${n}-radio-group__splitor--checked`]:i},p={[`${n}-radio-group__splitor--disabled`]:l,[`${n}-radio-group__splitor--checked`]:s},h=u<d?p:f;r.push((S(),y(`div`,{key:1,class:m([`${n}-radio-group__splitor`,h])},null,2)),o)}}return{children:r,isButtonGroup:i}}var G={...E.props,name:String,options:Array,labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},value:[String,Number,Boolean],defaultValue:{type:[String,Number,Boolean],default:null},size:String,disabled:{type:Boolean,default:void 0},"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array]},K=o({name:`RadioGroup`,props:G,setup(t){let n=p(null),{mergedSizeRef:i,mergedDisabledRef:o,nTriggerFormChange:s,nTriggerFormInput:u,nTriggerFormBlur:d,nTriggerFormFocus:f}=a(t),{mergedClsPrefixRef:m,inlineThemeDisabled:g,mergedRtlRef:_}=v(t),y=E(`Radio`,`-radio-group`,H,M,t,m),x=p(t.defaultValue),S=c(t,`value`),C=A(S,x);function w(e){let{onUpdateValue:n,"onUpdate:value":i}=t;n&&r(n,e),i&&r(i,e),x.value=e,s(),u()}function D(e){let{value:t}=n;t&&(t.contains(e.relatedTarget)||f())}function O(e){let{value:t}=n;t&&(t.contains(e.relatedTarget)||d())}b(F,{mergedClsPrefixRef:m,nameRef:c(t,`name`),valueRef:C,disabledRef:o,mergedSizeRef:i,doUpdateValue:w});let k=e(`Radio`,_,m),j=l(()=>{let{value:e}=i,{common:{cubicBezierEaseInOut:t},self:{buttonBorderColor:n,buttonBorderColorActive:r,buttonBorderRadius:a,buttonBoxShadow:o,buttonBoxShadowFocus:s,buttonBoxShadowHover:c,buttonColor:l,buttonColorActive:u,buttonTextColor:d,buttonTextColorActive:f,buttonTextColorHover:p,opacityDisabled:m,[T(`buttonHeight`,e)]:h,[T(`fontSize`,e)]:g}}=y.value;return{"--n-font-size":g,"--n-bezier":t,"--n-button-border-color":n,"--n-button-border-color-active":r,"--n-button-border-radius":a,"--n-button-box-shadow":o,"--n-button-box-shadow-focus":s,"--n-button-box-shadow-hover":c,"--n-button-color":l,"--n-button-color-active":u,"--n-button-text-color":d,"--n-button-text-color-hover":p,"--n-button-text-color-active":f,"--n-height":h,"--n-opacity-disabled":m}}),N=g?h(`radio-group`,l(()=>i.value[0]),j,t):void 0;return{selfElRef:n,rtlEnabled:k,mergedClsPrefix:m,mergedValue:C,handleFocusout:O,handleFocusin:D,cssVars:g?void 0:j,themeClass:N?.themeClass,onRender:N?.onRender}},render(){let{mergedValue:e,mergedClsPrefix:n,handleFocusin:r,handleFocusout:i}=this,{options:a,labelField:o,valueField:s}=this.$props,{children:c,isButtonGroup:l}=W(a?a.map(e=>{let t=e[s];return S(),C(z,{key:typeof t==`boolean`?`__n_${t}`:t,value:t,disabled:e.disabled,label:e[o]},null,8,[`value`,`disabled`,`label`])}):t(j(this)),e,n);return this.onRender?.(),S(),y(`div`,{onFocusin:r,onFocusout:i,ref:`selfElRef`,class:m([`${n}-radio-group`,this.rtlEnabled&&`${n}-radio-group--rtl`,this.themeClass,l&&`${n}-radio-group--button-group`]),style:k(this.cssVars)},[u(()=>c)],46,U)}});export{V as n,K as t};