import{Cr as e,Ct as t,Fn as n,Gt as r,In as i,Jr as a,Ln as o,Lt as s,M as c,Mn as l,Pn as u,Rt as d,St as f,Vr as p,Vt as m,Wr as h,Y as g,ar as _,at as v,et as y,ir as b,jn as x,ot as S,pr as C,qt as w,rr as T,sr as E,ur as D,ut as O,wr as k}from"./_plugin-vue_export-helper-DwV3C7qz.js";import{o as A}from"./Suffix-C3anGkvU.js";import{t as j}from"./get-slot-6kXJmSMP.js";import{P as M}from"./index-5ayaQeka.js";var N=l(`radio`,`
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
`,[n(`checked`,[u(`dot`,`
 background-color: var(--n-color-active);
 `)]),u(`dot-wrapper`,`
 position: relative;
 flex-shrink: 0;
 flex-grow: 0;
 width: var(--n-radio-size);
 `),l(`radio-input`,`
 position: absolute;
 border: 0;
 width: 0;
 height: 0;
 opacity: 0;
 margin: 0;
 `),u(`dot`,`
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
 `,[x(`&::before`,`
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
 `),n(`checked`,{boxShadow:`var(--n-box-shadow-active)`},[x(`&::before`,`
 opacity: 1;
 transform: scale(1);
 `)])]),u(`label`,`
 color: var(--n-text-color);
 padding: var(--n-label-padding);
 font-weight: var(--n-label-font-weight);
 display: inline-block;
 transition: color .3s var(--n-bezier);
 `),i(`disabled`,`
 cursor: pointer;
 `,[x(`&:hover`,[u(`dot`,{boxShadow:`var(--n-box-shadow-hover)`})]),n(`focus`,[x(`&:not(:active)`,[u(`dot`,{boxShadow:`var(--n-box-shadow-focus)`})])])]),n(`disabled`,`
 cursor: not-allowed;
 `,[u(`dot`,{boxShadow:`var(--n-box-shadow-disabled)`,backgroundColor:`var(--n-color-disabled)`},[x(`&::before`,{backgroundColor:`var(--n-dot-color-disabled)`}),n(`checked`,`
 opacity: 1;
 `)]),u(`label`,{color:`var(--n-text-color-disabled)`}),l(`radio-input`,`
 cursor: not-allowed;
 `)])]),P={name:String,value:{type:[String,Number,Boolean],default:`on`},checked:{type:Boolean,default:void 0},defaultChecked:Boolean,disabled:{type:Boolean,default:void 0},label:String,size:String,onUpdateChecked:[Function,Array],"onUpdate:checked":[Function,Array],checkedValue:{type:Boolean,default:void 0}},F=w(`n-radio-group`);function I(e){let t=C(F,null),{mergedClsPrefixRef:n,mergedComponentPropsRef:i}=r(e),a=c(e,{mergedSize(n){let{size:r}=e;if(r!==void 0)return r;if(t){let{mergedSizeRef:{value:e}}=t;if(e!==void 0)return e}return n?n.mergedSize.value:i?.value?.Radio?.size||`medium`},mergedDisabled(n){return!!(e.disabled||t?.disabledRef.value||n?.disabled.value)}}),{mergedSizeRef:o,mergedDisabledRef:s}=a,l=p(null),u=p(null),d=p(e.defaultChecked),f=h(e,`checked`),m=A(f,d),g=O(()=>t?t.valueRef.value===e.value:m.value),_=O(()=>{let{name:n}=e;if(n!==void 0)return n;if(t)return t.nameRef.value}),v=p(!1);function y(){if(t){let{doUpdateValue:n}=t,{value:r}=e;S(n,r)}else{let{onUpdateChecked:t,"onUpdate:checked":n}=e,{nTriggerFormInput:r,nTriggerFormChange:i}=a;t&&S(t,!0),n&&S(n,!0),r(),i(),d.value=!0}}function b(){s.value||g.value||y()}function x(){b(),l.value&&(l.value.checked=g.value)}function w(){v.value=!1}function T(){v.value=!0}return{mergedClsPrefix:t?t.mergedClsPrefixRef:n,inputRef:l,labelRef:u,mergedName:_,mergedDisabled:s,renderSafeChecked:g,focus:v,mergedSize:o,handleRadioInputChange:x,handleRadioInputBlur:w,handleRadioInputFocus:T}}var L=[`value`,`name`,`checked`,`disabled`,`onChange`,`onFocus`,`onBlur`],R={...f.props,...P},z=D({name:`Radio`,props:R,setup(e){let n=I(e),i=f(`Radio`,`-radio`,N,M,e,n.mergedClsPrefix),a=T(()=>{let{mergedSize:{value:e}}=n,{common:{cubicBezierEaseInOut:t},self:{boxShadow:r,boxShadowActive:a,boxShadowDisabled:s,boxShadowFocus:c,boxShadowHover:l,color:u,colorDisabled:d,colorActive:f,textColor:p,textColorDisabled:m,dotColorActive:h,dotColorDisabled:g,labelPadding:_,labelLineHeight:v,labelFontWeight:y,[o(`fontSize`,e)]:b,[o(`radioSize`,e)]:x}}=i.value;return{"--n-bezier":t,"--n-label-line-height":v,"--n-label-font-weight":y,"--n-box-shadow":r,"--n-box-shadow-active":a,"--n-box-shadow-disabled":s,"--n-box-shadow-focus":c,"--n-box-shadow-hover":l,"--n-color":u,"--n-color-active":f,"--n-color-disabled":d,"--n-dot-color-active":h,"--n-dot-color-disabled":g,"--n-font-size":b,"--n-radio-size":x,"--n-text-color":p,"--n-text-color-disabled":m,"--n-label-padding":_}}),{inlineThemeDisabled:s,mergedClsPrefixRef:c,mergedRtlRef:l}=r(e),u=g(`Radio`,l,c),d=s?t(`radio`,T(()=>n.mergedSize.value[0]),a,e):void 0;return Object.assign(n,{rtlEnabled:u,cssVars:s?void 0:a,themeClass:d?.themeClass,onRender:d?.onRender})},render(){let{$slots:t,mergedClsPrefix:n,onRender:r,label:i}=this;return r?.(),(()=>{let r=s(`f8c6901d8cd45c02`);return e(),E(`label`,{class:d([`${n}-radio`,this.themeClass,this.rtlEnabled&&`${n}-radio--rtl`,this.mergedDisabled&&`${n}-radio--disabled`,this.renderSafeChecked&&`${n}-radio--checked`,this.focus&&`${n}-radio--focus`]),style:a(this.cssVars)},[b(`div`,{class:d(`${n}-radio__dot-wrapper`)},[r[0]||=m(`\xA0`,-1),b(`div`,{class:d([`${n}-radio__dot`,this.renderSafeChecked&&`${n}-radio__dot--checked`])},null,2),b(`input`,{ref:`inputRef`,type:`radio`,class:d(`${n}-radio-input`),value:this.value,name:this.mergedName,checked:this.renderSafeChecked,disabled:this.mergedDisabled,onChange:this.handleRadioInputChange,onFocus:this.handleRadioInputFocus,onBlur:this.handleRadioInputBlur},null,42,L)],2),m(()=>y(t.default,t=>!t&&!i?null:(e(),E(`div`,{ref:`labelRef`,class:d(`${n}-radio__label`)},[m(()=>t||i)],2))))],6)})()}}),B=[`value`,`name`,`checked`,`disabled`,`onChange`,`onFocus`,`onBlur`],V=D({name:`RadioButton`,props:P,setup:I,render(){let{mergedClsPrefix:t}=this;return e(),E(`label`,{class:d([`${t}-radio-button`,this.mergedDisabled&&`${t}-radio-button--disabled`,this.renderSafeChecked&&`${t}-radio-button--checked`,this.focus&&[`${t}-radio-button--focus`]])},[b(`input`,{ref:`inputRef`,type:`radio`,class:d(`${t}-radio-input`),value:this.value,name:this.mergedName,checked:this.renderSafeChecked,disabled:this.mergedDisabled,onChange:this.handleRadioInputChange,onFocus:this.handleRadioInputFocus,onBlur:this.handleRadioInputBlur},null,42,B),b(`div`,{class:d(`${t}-radio-button__state-border`)},null,2),m(()=>y(this.$slots.default,n=>!n&&!this.label?null:(e(),E(`div`,{ref:`labelRef`,class:d(`${t}-radio__label`)},[m(()=>n||this.label)],2))))],2)}}),H=l(`radio-group`,`
 display: inline-block;
 font-size: var(--n-font-size);
`,[u(`splitor`,`
 display: inline-block;
 vertical-align: bottom;
 width: 1px;
 transition:
 background-color .3s var(--n-bezier),
 opacity .3s var(--n-bezier);
 background: var(--n-button-border-color);
 `,[n(`checked`,{backgroundColor:`var(--n-button-border-color-active)`}),n(`disabled`,{opacity:`var(--n-opacity-disabled)`})]),n(`button-group`,`
 white-space: nowrap;
 height: var(--n-height);
 line-height: var(--n-height);
 `,[l(`radio-button`,{height:`var(--n-height)`,lineHeight:`var(--n-height)`}),u(`splitor`,{height:`var(--n-height)`})]),l(`radio-button`,`
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
 `,[l(`radio-input`,`
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
 `),u(`state-border`,`
 z-index: 1;
 pointer-events: none;
 position: absolute;
 box-shadow: var(--n-button-box-shadow);
 transition: box-shadow .3s var(--n-bezier);
 left: -1px;
 bottom: -1px;
 right: -1px;
 top: -1px;
 `),x(`&:first-child`,`
 border-top-left-radius: var(--n-button-border-radius);
 border-bottom-left-radius: var(--n-button-border-radius);
 border-left: 1px solid var(--n-button-border-color);
 `,[u(`state-border`,`
 border-top-left-radius: var(--n-button-border-radius);
 border-bottom-left-radius: var(--n-button-border-radius);
 `)]),x(`&:last-child`,`
 border-top-right-radius: var(--n-button-border-radius);
 border-bottom-right-radius: var(--n-button-border-radius);
 border-right: 1px solid var(--n-button-border-color);
 `,[u(`state-border`,`
 border-top-right-radius: var(--n-button-border-radius);
 border-bottom-right-radius: var(--n-button-border-radius);
 `)]),i(`disabled`,`
 cursor: pointer;
 `,[x(`&:hover`,[u(`state-border`,`
 transition: box-shadow .3s var(--n-bezier);
 box-shadow: var(--n-button-box-shadow-hover);
 `),i(`checked`,{color:`var(--n-button-text-color-hover)`})]),n(`focus`,[x(`&:not(:active)`,[u(`state-border`,{boxShadow:`var(--n-button-box-shadow-focus)`})])])]),n(`checked`,`
 background: var(--n-button-color-active);
 color: var(--n-button-text-color-active);
 border-color: var(--n-button-border-color-active);
 `),n(`disabled`,`
 cursor: not-allowed;
 opacity: var(--n-opacity-disabled);
 `)])]),U=[`onFocusin`,`onFocusout`];function W(t,n,r){let i=[],a=!1;for(let o=0;o<t.length;++o){let s=t[o],c=s.type?.name;c===`RadioButton`&&(a=!0);let l=s.props;if(c!==`RadioButton`)i.push(s);else if(o===0)i.push(s);else{let t=i[i.length-1].props,a=n===t.value,o=t.disabled,c=n===l.value,u=l.disabled,f=(a?2:0)+ +!o,p=(c?2:0)+ +!u,m={[`${r}-radio-group__splitor--disabled`]:o,[`${r}-radio-group__splitor--checked`]:a},h={[`${r}-radio-group__splitor--disabled`]:u,[`${r}-radio-group__splitor--checked`]:c},g=f<p?h:m;i.push((e(),E(`div`,{key:1,class:d([`${r}-radio-group__splitor`,g])},null,2)),s)}}return{children:i,isButtonGroup:a}}var G={...f.props,name:String,options:Array,labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},value:[String,Number,Boolean],defaultValue:{type:[String,Number,Boolean],default:null},size:String,disabled:{type:Boolean,default:void 0},"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array]},K=D({name:`RadioGroup`,props:G,setup(e){let n=p(null),{mergedSizeRef:i,mergedDisabledRef:a,nTriggerFormChange:s,nTriggerFormInput:l,nTriggerFormBlur:u,nTriggerFormFocus:d}=c(e),{mergedClsPrefixRef:m,inlineThemeDisabled:_,mergedRtlRef:v}=r(e),y=f(`Radio`,`-radio-group`,H,M,e,m),b=p(e.defaultValue),x=h(e,`value`),C=A(x,b);function w(t){let{onUpdateValue:n,"onUpdate:value":r}=e;n&&S(n,t),r&&S(r,t),b.value=t,s(),l()}function E(e){let{value:t}=n;t&&(t.contains(e.relatedTarget)||d())}function D(e){let{value:t}=n;t&&(t.contains(e.relatedTarget)||u())}k(F,{mergedClsPrefixRef:m,nameRef:h(e,`name`),valueRef:C,disabledRef:a,mergedSizeRef:i,doUpdateValue:w});let O=g(`Radio`,v,m),j=T(()=>{let{value:e}=i,{common:{cubicBezierEaseInOut:t},self:{buttonBorderColor:n,buttonBorderColorActive:r,buttonBorderRadius:a,buttonBoxShadow:s,buttonBoxShadowFocus:c,buttonBoxShadowHover:l,buttonColor:u,buttonColorActive:d,buttonTextColor:f,buttonTextColorActive:p,buttonTextColorHover:m,opacityDisabled:h,[o(`buttonHeight`,e)]:g,[o(`fontSize`,e)]:_}}=y.value;return{"--n-font-size":_,"--n-bezier":t,"--n-button-border-color":n,"--n-button-border-color-active":r,"--n-button-border-radius":a,"--n-button-box-shadow":s,"--n-button-box-shadow-focus":c,"--n-button-box-shadow-hover":l,"--n-button-color":u,"--n-button-color-active":d,"--n-button-text-color":f,"--n-button-text-color-hover":m,"--n-button-text-color-active":p,"--n-height":g,"--n-opacity-disabled":h}}),N=_?t(`radio-group`,T(()=>i.value[0]),j,e):void 0;return{selfElRef:n,rtlEnabled:O,mergedClsPrefix:m,mergedValue:C,handleFocusout:D,handleFocusin:E,cssVars:_?void 0:j,themeClass:N?.themeClass,onRender:N?.onRender}},render(){let{mergedValue:t,mergedClsPrefix:n,handleFocusin:r,handleFocusout:i}=this,{options:o,labelField:s,valueField:c}=this.$props,{children:l,isButtonGroup:u}=W(o?o.map(t=>{let n=t[c];return e(),_(z,{key:typeof n==`boolean`?`__n_${n}`:n,value:n,disabled:t.disabled,label:t[s]},null,8,[`value`,`disabled`,`label`])}):v(j(this)),t,n);return this.onRender?.(),e(),E(`div`,{onFocusin:r,onFocusout:i,ref:`selfElRef`,class:d([`${n}-radio-group`,this.rtlEnabled&&`${n}-radio-group--rtl`,this.themeClass,u&&`${n}-radio-group--button-group`]),style:a(this.cssVars)},[m(()=>l)],46,U)}});export{V as n,K as t};