import{Br as e,Cr as t,Ct as n,Fn as r,Gt as i,In as a,Ln as o,Lt as s,M as c,Mn as l,Pn as u,Rt as d,Sr as f,St as p,Ur as m,Vt as h,Y as g,at as _,et as v,fr as y,ir as b,jn as x,lr as S,nr as C,or as w,ot as T,qr as E,qt as D,rr as O,ut as k}from"./_plugin-vue_export-helper-B-WZ0uXV.js";import{i as A}from"./Suffix-BI57B1ez.js";import{t as j}from"./get-slot-6kXJmSMP.js";import{P as M}from"./index-BjIIC0LP.js";var N=l(`radio`,`
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
`,[r(`checked`,[u(`dot`,`
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
 `),r(`checked`,{boxShadow:`var(--n-box-shadow-active)`},[x(`&::before`,`
 opacity: 1;
 transform: scale(1);
 `)])]),u(`label`,`
 color: var(--n-text-color);
 padding: var(--n-label-padding);
 font-weight: var(--n-label-font-weight);
 display: inline-block;
 transition: color .3s var(--n-bezier);
 `),a(`disabled`,`
 cursor: pointer;
 `,[x(`&:hover`,[u(`dot`,{boxShadow:`var(--n-box-shadow-hover)`})]),r(`focus`,[x(`&:not(:active)`,[u(`dot`,{boxShadow:`var(--n-box-shadow-focus)`})])])]),r(`disabled`,`
 cursor: not-allowed;
 `,[u(`dot`,{boxShadow:`var(--n-box-shadow-disabled)`,backgroundColor:`var(--n-color-disabled)`},[x(`&::before`,{backgroundColor:`var(--n-dot-color-disabled)`}),r(`checked`,`
 opacity: 1;
 `)]),u(`label`,{color:`var(--n-text-color-disabled)`}),l(`radio-input`,`
 cursor: not-allowed;
 `)])]),P={name:String,value:{type:[String,Number,Boolean],default:`on`},checked:{type:Boolean,default:void 0},defaultChecked:Boolean,disabled:{type:Boolean,default:void 0},label:String,size:String,onUpdateChecked:[Function,Array],"onUpdate:checked":[Function,Array],checkedValue:{type:Boolean,default:void 0}},F=D(`n-radio-group`);function I(t){let n=y(F,null),{mergedClsPrefixRef:r,mergedComponentPropsRef:a}=i(t),o=c(t,{mergedSize(e){let{size:r}=t;if(r!==void 0)return r;if(n){let{mergedSizeRef:{value:e}}=n;if(e!==void 0)return e}return e?e.mergedSize.value:a?.value?.Radio?.size||`medium`},mergedDisabled(e){return!!(t.disabled||n?.disabledRef.value||e?.disabled.value)}}),{mergedSizeRef:s,mergedDisabledRef:l}=o,u=e(null),d=e(null),f=e(t.defaultChecked),p=m(t,`checked`),h=A(p,f),g=k(()=>n?n.valueRef.value===t.value:h.value),_=k(()=>{let{name:e}=t;if(e!==void 0)return e;if(n)return n.nameRef.value}),v=e(!1);function b(){if(n){let{doUpdateValue:e}=n,{value:r}=t;T(e,r)}else{let{onUpdateChecked:e,"onUpdate:checked":n}=t,{nTriggerFormInput:r,nTriggerFormChange:i}=o;e&&T(e,!0),n&&T(n,!0),r(),i(),f.value=!0}}function x(){l.value||g.value||b()}function S(){x(),u.value&&(u.value.checked=g.value)}function C(){v.value=!1}function w(){v.value=!0}return{mergedClsPrefix:n?n.mergedClsPrefixRef:r,inputRef:u,labelRef:d,mergedName:_,mergedDisabled:l,renderSafeChecked:g,focus:v,mergedSize:s,handleRadioInputChange:S,handleRadioInputBlur:C,handleRadioInputFocus:w}}var L=[`value`,`name`,`checked`,`disabled`,`onChange`,`onFocus`,`onBlur`],R={...p.props,...P},z=S({name:`Radio`,props:R,setup(e){let t=I(e),r=p(`Radio`,`-radio`,N,M,e,t.mergedClsPrefix),a=C(()=>{let{mergedSize:{value:e}}=t,{common:{cubicBezierEaseInOut:n},self:{boxShadow:i,boxShadowActive:a,boxShadowDisabled:s,boxShadowFocus:c,boxShadowHover:l,color:u,colorDisabled:d,colorActive:f,textColor:p,textColorDisabled:m,dotColorActive:h,dotColorDisabled:g,labelPadding:_,labelLineHeight:v,labelFontWeight:y,[o(`fontSize`,e)]:b,[o(`radioSize`,e)]:x}}=r.value;return{"--n-bezier":n,"--n-label-line-height":v,"--n-label-font-weight":y,"--n-box-shadow":i,"--n-box-shadow-active":a,"--n-box-shadow-disabled":s,"--n-box-shadow-focus":c,"--n-box-shadow-hover":l,"--n-color":u,"--n-color-active":f,"--n-color-disabled":d,"--n-dot-color-active":h,"--n-dot-color-disabled":g,"--n-font-size":b,"--n-radio-size":x,"--n-text-color":p,"--n-text-color-disabled":m,"--n-label-padding":_}}),{inlineThemeDisabled:s,mergedClsPrefixRef:c,mergedRtlRef:l}=i(e),u=g(`Radio`,l,c),d=s?n(`radio`,C(()=>t.mergedSize.value[0]),a,e):void 0;return Object.assign(t,{rtlEnabled:u,cssVars:s?void 0:a,themeClass:d?.themeClass,onRender:d?.onRender})},render(){let{$slots:e,mergedClsPrefix:t,onRender:n,label:r}=this;return n?.(),(()=>{let n=s(`f8c6901d8cd45c02`);return f(),w(`label`,{class:d([`${t}-radio`,this.themeClass,this.rtlEnabled&&`${t}-radio--rtl`,this.mergedDisabled&&`${t}-radio--disabled`,this.renderSafeChecked&&`${t}-radio--checked`,this.focus&&`${t}-radio--focus`]),style:E(this.cssVars)},[O(`div`,{class:d(`${t}-radio__dot-wrapper`)},[n[0]||=h(`\xA0`,-1),O(`div`,{class:d([`${t}-radio__dot`,this.renderSafeChecked&&`${t}-radio__dot--checked`])},null,2),O(`input`,{ref:`inputRef`,type:`radio`,class:d(`${t}-radio-input`),value:this.value,name:this.mergedName,checked:this.renderSafeChecked,disabled:this.mergedDisabled,onChange:this.handleRadioInputChange,onFocus:this.handleRadioInputFocus,onBlur:this.handleRadioInputBlur},null,42,L)],2),h(()=>v(e.default,e=>!e&&!r?null:(f(),w(`div`,{ref:`labelRef`,class:d(`${t}-radio__label`)},[h(()=>e||r)],2))))],6)})()}}),B=[`value`,`name`,`checked`,`disabled`,`onChange`,`onFocus`,`onBlur`],V=S({name:`RadioButton`,props:P,setup:I,render(){let{mergedClsPrefix:e}=this;return f(),w(`label`,{class:d([`${e}-radio-button`,this.mergedDisabled&&`${e}-radio-button--disabled`,this.renderSafeChecked&&`${e}-radio-button--checked`,this.focus&&[`${e}-radio-button--focus`]])},[O(`input`,{ref:`inputRef`,type:`radio`,class:d(`${e}-radio-input`),value:this.value,name:this.mergedName,checked:this.renderSafeChecked,disabled:this.mergedDisabled,onChange:this.handleRadioInputChange,onFocus:this.handleRadioInputFocus,onBlur:this.handleRadioInputBlur},null,42,B),O(`div`,{class:d(`${e}-radio-button__state-border`)},null,2),h(()=>v(this.$slots.default,t=>!t&&!this.label?null:(f(),w(`div`,{ref:`labelRef`,class:d(`${e}-radio__label`)},[h(()=>t||this.label)],2))))],2)}}),H=l(`radio-group`,`
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
 `,[r(`checked`,{backgroundColor:`var(--n-button-border-color-active)`}),r(`disabled`,{opacity:`var(--n-opacity-disabled)`})]),r(`button-group`,`
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
 `)]),a(`disabled`,`
 cursor: pointer;
 `,[x(`&:hover`,[u(`state-border`,`
 transition: box-shadow .3s var(--n-bezier);
 box-shadow: var(--n-button-box-shadow-hover);
 `),a(`checked`,{color:`var(--n-button-text-color-hover)`})]),r(`focus`,[x(`&:not(:active)`,[u(`state-border`,{boxShadow:`var(--n-button-box-shadow-focus)`})])])]),r(`checked`,`
 background: var(--n-button-color-active);
 color: var(--n-button-text-color-active);
 border-color: var(--n-button-border-color-active);
 `),r(`disabled`,`
 cursor: not-allowed;
 opacity: var(--n-opacity-disabled);
 `)])]),U=[`onFocusin`,`onFocusout`];function W(e,t,n){let r=[],i=!1;for(let a=0;a<e.length;++a){let o=e[a],s=o.type?.name;s===`RadioButton`&&(i=!0);let c=o.props;if(s!==`RadioButton`)r.push(o);else if(a===0)r.push(o);else{let e=r[r.length-1].props,i=t===e.value,a=e.disabled,s=t===c.value,l=c.disabled,u=(i?2:0)+ +!a,p=(s?2:0)+ +!l,m={[`${n}-radio-group__splitor--disabled`]:a,[`${n}-radio-group__splitor--checked`]:i},h={[`${n}-radio-group__splitor--disabled`]:l,[`${n}-radio-group__splitor--checked`]:s},g=u<p?h:m;r.push((f(),w(`div`,{key:1,class:d([`${n}-radio-group__splitor`,g])},null,2)),o)}}return{children:r,isButtonGroup:i}}var G={...p.props,name:String,options:Array,labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},value:[String,Number,Boolean],defaultValue:{type:[String,Number,Boolean],default:null},size:String,disabled:{type:Boolean,default:void 0},"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array]},K=S({name:`RadioGroup`,props:G,setup(r){let a=e(null),{mergedSizeRef:s,mergedDisabledRef:l,nTriggerFormChange:u,nTriggerFormInput:d,nTriggerFormBlur:f,nTriggerFormFocus:h}=c(r),{mergedClsPrefixRef:_,inlineThemeDisabled:v,mergedRtlRef:y}=i(r),b=p(`Radio`,`-radio-group`,H,M,r,_),x=e(r.defaultValue),S=m(r,`value`),w=A(S,x);function E(e){let{onUpdateValue:t,"onUpdate:value":n}=r;t&&T(t,e),n&&T(n,e),x.value=e,u(),d()}function D(e){let{value:t}=a;t&&(t.contains(e.relatedTarget)||h())}function O(e){let{value:t}=a;t&&(t.contains(e.relatedTarget)||f())}t(F,{mergedClsPrefixRef:_,nameRef:m(r,`name`),valueRef:w,disabledRef:l,mergedSizeRef:s,doUpdateValue:E});let k=g(`Radio`,y,_),j=C(()=>{let{value:e}=s,{common:{cubicBezierEaseInOut:t},self:{buttonBorderColor:n,buttonBorderColorActive:r,buttonBorderRadius:i,buttonBoxShadow:a,buttonBoxShadowFocus:c,buttonBoxShadowHover:l,buttonColor:u,buttonColorActive:d,buttonTextColor:f,buttonTextColorActive:p,buttonTextColorHover:m,opacityDisabled:h,[o(`buttonHeight`,e)]:g,[o(`fontSize`,e)]:_}}=b.value;return{"--n-font-size":_,"--n-bezier":t,"--n-button-border-color":n,"--n-button-border-color-active":r,"--n-button-border-radius":i,"--n-button-box-shadow":a,"--n-button-box-shadow-focus":c,"--n-button-box-shadow-hover":l,"--n-button-color":u,"--n-button-color-active":d,"--n-button-text-color":f,"--n-button-text-color-hover":m,"--n-button-text-color-active":p,"--n-height":g,"--n-opacity-disabled":h}}),N=v?n(`radio-group`,C(()=>s.value[0]),j,r):void 0;return{selfElRef:a,rtlEnabled:k,mergedClsPrefix:_,mergedValue:w,handleFocusout:O,handleFocusin:D,cssVars:v?void 0:j,themeClass:N?.themeClass,onRender:N?.onRender}},render(){let{mergedValue:e,mergedClsPrefix:t,handleFocusin:n,handleFocusout:r}=this,{options:i,labelField:a,valueField:o}=this.$props,{children:s,isButtonGroup:c}=W(i?i.map(e=>{let t=e[o];return f(),b(z,{key:typeof t==`boolean`?`__n_${t}`:t,value:t,disabled:e.disabled,label:e[a]},null,8,[`value`,`disabled`,`label`])}):_(j(this)),e,t);return this.onRender?.(),f(),w(`div`,{onFocusin:n,onFocusout:r,ref:`selfElRef`,class:d([`${t}-radio-group`,this.rtlEnabled&&`${t}-radio-group--rtl`,this.themeClass,c&&`${t}-radio-group--button-group`]),style:E(this.cssVars)},[h(()=>s)],46,U)}});export{V as n,K as t};