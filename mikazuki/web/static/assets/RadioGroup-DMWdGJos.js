import{$t as e,At as t,D as n,Dt as r,Gn as i,H as a,O as o,Ot as s,Qt as c,R as l,Rn as u,Tt as d,Vn as f,Y as p,Zt as m,an as h,bn as g,cn as _,kt as v,q as y,tn as b,wt as x,yn as S,z as C}from"./failure-DdhVUdvy.js";import{D as w,L as T,M as E,R as D,V as O,d as k}from"./Button-5vQ51-9u.js";import{t as A}from"./use-merged-state-C3-zl2cW.js";import{t as j}from"./get-slot-6kXJmSMP.js";import{R as M}from"./index-DU_01afT.js";var N=d(`radio`,`
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
`,[s(`checked`,[r(`dot`,`
 background-color: var(--n-color-active);
 `)]),r(`dot-wrapper`,`
 position: relative;
 flex-shrink: 0;
 flex-grow: 0;
 width: var(--n-radio-size);
 `),d(`radio-input`,`
 position: absolute;
 border: 0;
 width: 0;
 height: 0;
 opacity: 0;
 margin: 0;
 `),r(`dot`,`
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
 `),s(`checked`,{boxShadow:`var(--n-box-shadow-active)`},[x(`&::before`,`
 opacity: 1;
 transform: scale(1);
 `)])]),r(`label`,`
 color: var(--n-text-color);
 padding: var(--n-label-padding);
 font-weight: var(--n-label-font-weight);
 display: inline-block;
 transition: color .3s var(--n-bezier);
 `),v(`disabled`,`
 cursor: pointer;
 `,[x(`&:hover`,[r(`dot`,{boxShadow:`var(--n-box-shadow-hover)`})]),s(`focus`,[x(`&:not(:active)`,[r(`dot`,{boxShadow:`var(--n-box-shadow-focus)`})])])]),s(`disabled`,`
 cursor: not-allowed;
 `,[r(`dot`,{boxShadow:`var(--n-box-shadow-disabled)`,backgroundColor:`var(--n-color-disabled)`},[x(`&::before`,{backgroundColor:`var(--n-dot-color-disabled)`}),s(`checked`,`
 opacity: 1;
 `)]),r(`label`,{color:`var(--n-text-color-disabled)`}),d(`radio-input`,`
 cursor: not-allowed;
 `)])]),P={name:String,value:{type:[String,Number,Boolean],default:`on`},checked:{type:Boolean,default:void 0},defaultChecked:Boolean,disabled:{type:Boolean,default:void 0},label:String,size:String,onUpdateChecked:[Function,Array],"onUpdate:checked":[Function,Array],checkedValue:{type:Boolean,default:void 0}},F=p(`n-radio-group`);function I(e){let t=_(F,null),{mergedClsPrefixRef:n,mergedComponentPropsRef:r}=y(e),i=k(e,{mergedSize(n){let{size:i}=e;if(i!==void 0)return i;if(t){let{mergedSizeRef:{value:e}}=t;if(e!==void 0)return e}return n?n.mergedSize.value:r?.value?.Radio?.size||`medium`},mergedDisabled(n){return!!(e.disabled||t?.disabledRef.value||n?.disabled.value)}}),{mergedSizeRef:a,mergedDisabledRef:o}=i,s=u(null),c=u(null),l=u(e.defaultChecked),d=f(e,`checked`),p=A(d,l),m=O(()=>t?t.valueRef.value===e.value:p.value),h=O(()=>{let{name:n}=e;if(n!==void 0)return n;if(t)return t.nameRef.value}),g=u(!1);function v(){if(t){let{doUpdateValue:n}=t,{value:r}=e;D(n,r)}else{let{onUpdateChecked:t,"onUpdate:checked":n}=e,{nTriggerFormInput:r,nTriggerFormChange:a}=i;t&&D(t,!0),n&&D(n,!0),r(),a(),l.value=!0}}function b(){o.value||m.value||v()}function x(){b(),s.value&&(s.value.checked=m.value)}function S(){g.value=!1}function C(){g.value=!0}return{mergedClsPrefix:t?t.mergedClsPrefixRef:n,inputRef:s,labelRef:c,mergedName:h,mergedDisabled:o,renderSafeChecked:m,focus:g,mergedSize:a,handleRadioInputChange:x,handleRadioInputBlur:S,handleRadioInputFocus:C}}var L=[`value`,`name`,`checked`,`disabled`,`onChange`,`onFocus`,`onBlur`],R={...n.props,...P},z=h({name:`Radio`,props:R,setup(e){let r=I(e),i=n(`Radio`,`-radio`,N,M,e,r.mergedClsPrefix),a=m(()=>{let{mergedSize:{value:e}}=r,{common:{cubicBezierEaseInOut:n},self:{boxShadow:a,boxShadowActive:o,boxShadowDisabled:s,boxShadowFocus:c,boxShadowHover:l,color:u,colorDisabled:d,colorActive:f,textColor:p,textColorDisabled:m,dotColorActive:h,dotColorDisabled:g,labelPadding:_,labelLineHeight:v,labelFontWeight:y,[t(`fontSize`,e)]:b,[t(`radioSize`,e)]:x}}=i.value;return{"--n-bezier":n,"--n-label-line-height":v,"--n-label-font-weight":y,"--n-box-shadow":a,"--n-box-shadow-active":o,"--n-box-shadow-disabled":s,"--n-box-shadow-focus":c,"--n-box-shadow-hover":l,"--n-color":u,"--n-color-active":f,"--n-color-disabled":d,"--n-dot-color-active":h,"--n-dot-color-disabled":g,"--n-font-size":b,"--n-radio-size":x,"--n-text-color":p,"--n-text-color-disabled":m,"--n-label-padding":_}}),{inlineThemeDisabled:s,mergedClsPrefixRef:c,mergedRtlRef:l}=y(e),u=w(`Radio`,l,c),d=s?o(`radio`,m(()=>r.mergedSize.value[0]),a,e):void 0;return Object.assign(r,{rtlEnabled:u,cssVars:s?void 0:a,themeClass:d?.themeClass,onRender:d?.onRender})},render(){let{$slots:e,mergedClsPrefix:t,onRender:n,label:r}=this;return n?.(),(()=>{let n=l(`f8c6901d8cd45c02`);return S(),b(`label`,{class:C([`${t}-radio`,this.themeClass,this.rtlEnabled&&`${t}-radio--rtl`,this.mergedDisabled&&`${t}-radio--disabled`,this.renderSafeChecked&&`${t}-radio--checked`,this.focus&&`${t}-radio--focus`]),style:i(this.cssVars)},[c(`div`,{class:C(`${t}-radio__dot-wrapper`)},[n[0]||=a(`\xA0`,-1),c(`div`,{class:C([`${t}-radio__dot`,this.renderSafeChecked&&`${t}-radio__dot--checked`])},null,2),c(`input`,{ref:`inputRef`,type:`radio`,class:C(`${t}-radio-input`),value:this.value,name:this.mergedName,checked:this.renderSafeChecked,disabled:this.mergedDisabled,onChange:this.handleRadioInputChange,onFocus:this.handleRadioInputFocus,onBlur:this.handleRadioInputBlur},null,42,L)],2),a(()=>E(e.default,e=>!e&&!r?null:(S(),b(`div`,{ref:`labelRef`,class:C(`${t}-radio__label`)},[a(()=>e||r)],2))))],6)})()}}),B=[`value`,`name`,`checked`,`disabled`,`onChange`,`onFocus`,`onBlur`],V=h({name:`RadioButton`,props:P,setup:I,render(){let{mergedClsPrefix:e}=this;return S(),b(`label`,{class:C([`${e}-radio-button`,this.mergedDisabled&&`${e}-radio-button--disabled`,this.renderSafeChecked&&`${e}-radio-button--checked`,this.focus&&[`${e}-radio-button--focus`]])},[c(`input`,{ref:`inputRef`,type:`radio`,class:C(`${e}-radio-input`),value:this.value,name:this.mergedName,checked:this.renderSafeChecked,disabled:this.mergedDisabled,onChange:this.handleRadioInputChange,onFocus:this.handleRadioInputFocus,onBlur:this.handleRadioInputBlur},null,42,B),c(`div`,{class:C(`${e}-radio-button__state-border`)},null,2),a(()=>E(this.$slots.default,t=>!t&&!this.label?null:(S(),b(`div`,{ref:`labelRef`,class:C(`${e}-radio__label`)},[a(()=>t||this.label)],2))))],2)}}),H=d(`radio-group`,`
 display: inline-block;
 font-size: var(--n-font-size);
`,[r(`splitor`,`
 display: inline-block;
 vertical-align: bottom;
 width: 1px;
 transition:
 background-color .3s var(--n-bezier),
 opacity .3s var(--n-bezier);
 background: var(--n-button-border-color);
 `,[s(`checked`,{backgroundColor:`var(--n-button-border-color-active)`}),s(`disabled`,{opacity:`var(--n-opacity-disabled)`})]),s(`button-group`,`
 white-space: nowrap;
 height: var(--n-height);
 line-height: var(--n-height);
 `,[d(`radio-button`,{height:`var(--n-height)`,lineHeight:`var(--n-height)`}),r(`splitor`,{height:`var(--n-height)`})]),d(`radio-button`,`
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
 `,[d(`radio-input`,`
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
 `),r(`state-border`,`
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
 `,[r(`state-border`,`
 border-top-left-radius: var(--n-button-border-radius);
 border-bottom-left-radius: var(--n-button-border-radius);
 `)]),x(`&:last-child`,`
 border-top-right-radius: var(--n-button-border-radius);
 border-bottom-right-radius: var(--n-button-border-radius);
 border-right: 1px solid var(--n-button-border-color);
 `,[r(`state-border`,`
 border-top-right-radius: var(--n-button-border-radius);
 border-bottom-right-radius: var(--n-button-border-radius);
 `)]),v(`disabled`,`
 cursor: pointer;
 `,[x(`&:hover`,[r(`state-border`,`
 transition: box-shadow .3s var(--n-bezier);
 box-shadow: var(--n-button-box-shadow-hover);
 `),v(`checked`,{color:`var(--n-button-text-color-hover)`})]),s(`focus`,[x(`&:not(:active)`,[r(`state-border`,{boxShadow:`var(--n-button-box-shadow-focus)`})])])]),s(`checked`,`
 background: var(--n-button-color-active);
 color: var(--n-button-text-color-active);
 border-color: var(--n-button-border-color-active);
 `),s(`disabled`,`
 cursor: not-allowed;
 opacity: var(--n-opacity-disabled);
 `)])]),U=[`onFocusin`,`onFocusout`];function W(e,t,n){let r=[],i=!1;for(let a=0;a<e.length;++a){let o=e[a],s=o.type?.name;s===`RadioButton`&&(i=!0);let c=o.props;if(s!==`RadioButton`)r.push(o);else if(a===0)r.push(o);else{let e=r[r.length-1].props,i=t===e.value,a=e.disabled,s=t===c.value,l=c.disabled,u=(i?2:0)+ +!a,d=(s?2:0)+ +!l,f={[`${n}-radio-group__splitor--disabled`]:a,[`${n}-radio-group__splitor--checked`]:i},p={[`${n}-radio-group__splitor--disabled`]:l,[`${n}-radio-group__splitor--checked`]:s},m=u<d?p:f;r.push((S(),b(`div`,{key:1,class:C([`${n}-radio-group__splitor`,m])},null,2)),o)}}return{children:r,isButtonGroup:i}}var G={...n.props,name:String,options:Array,labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},value:[String,Number,Boolean],defaultValue:{type:[String,Number,Boolean],default:null},size:String,disabled:{type:Boolean,default:void 0},"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array]},K=h({name:`RadioGroup`,props:G,setup(e){let r=u(null),{mergedSizeRef:i,mergedDisabledRef:a,nTriggerFormChange:s,nTriggerFormInput:c,nTriggerFormBlur:l,nTriggerFormFocus:d}=k(e),{mergedClsPrefixRef:p,inlineThemeDisabled:h,mergedRtlRef:_}=y(e),v=n(`Radio`,`-radio-group`,H,M,e,p),b=u(e.defaultValue),x=f(e,`value`),S=A(x,b);function C(t){let{onUpdateValue:n,"onUpdate:value":r}=e;n&&D(n,t),r&&D(r,t),b.value=t,s(),c()}function T(e){let{value:t}=r;t&&(t.contains(e.relatedTarget)||d())}function E(e){let{value:t}=r;t&&(t.contains(e.relatedTarget)||l())}g(F,{mergedClsPrefixRef:p,nameRef:f(e,`name`),valueRef:S,disabledRef:a,mergedSizeRef:i,doUpdateValue:C});let O=w(`Radio`,_,p),j=m(()=>{let{value:e}=i,{common:{cubicBezierEaseInOut:n},self:{buttonBorderColor:r,buttonBorderColorActive:a,buttonBorderRadius:o,buttonBoxShadow:s,buttonBoxShadowFocus:c,buttonBoxShadowHover:l,buttonColor:u,buttonColorActive:d,buttonTextColor:f,buttonTextColorActive:p,buttonTextColorHover:m,opacityDisabled:h,[t(`buttonHeight`,e)]:g,[t(`fontSize`,e)]:_}}=v.value;return{"--n-font-size":_,"--n-bezier":n,"--n-button-border-color":r,"--n-button-border-color-active":a,"--n-button-border-radius":o,"--n-button-box-shadow":s,"--n-button-box-shadow-focus":c,"--n-button-box-shadow-hover":l,"--n-button-color":u,"--n-button-color-active":d,"--n-button-text-color":f,"--n-button-text-color-hover":m,"--n-button-text-color-active":p,"--n-height":g,"--n-opacity-disabled":h}}),N=h?o(`radio-group`,m(()=>i.value[0]),j,e):void 0;return{selfElRef:r,rtlEnabled:O,mergedClsPrefix:p,mergedValue:S,handleFocusout:E,handleFocusin:T,cssVars:h?void 0:j,themeClass:N?.themeClass,onRender:N?.onRender}},render(){let{mergedValue:t,mergedClsPrefix:n,handleFocusin:r,handleFocusout:o}=this,{options:s,labelField:c,valueField:l}=this.$props,{children:u,isButtonGroup:d}=W(s?s.map(t=>{let n=t[l];return S(),e(z,{key:typeof n==`boolean`?`__n_${n}`:n,value:n,disabled:t.disabled,label:t[c]},null,8,[`value`,`disabled`,`label`])}):T(j(this)),t,n);return this.onRender?.(),S(),b(`div`,{onFocusin:r,onFocusout:o,ref:`selfElRef`,class:C([`${n}-radio-group`,this.rtlEnabled&&`${n}-radio-group--rtl`,this.themeClass,d&&`${n}-radio-group--button-group`]),style:i(this.cssVars)},[a(()=>u)],46,U)}});export{V as n,K as t};