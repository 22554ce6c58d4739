import{$t as e,A as t,Cn as n,Ct as r,Fn as i,Gt as a,I as o,Kt as s,L as c,M as l,Mn as u,N as d,S as ee,Sn as f,St as p,U as m,V as te,Vt as h,Yt as g,an as _,dn as ne,en as re,mn as ie,nn as v,on as y,pn as b,qt as x,vt as S,wt as C,x as w,xt as T,yt as E,zn as D}from"./_plugin-vue_export-helper-7feDbWgl.js";import{A as ae,F as O,K as k,N as A,P as j,S as M,V as N,W as P,d as oe,et as F,m as se,q as I,y as L}from"./i18n-D5Ga6e_b.js";import{n as R,r as ce,t as z}from"./Suffix-bpBtwV46.js";import{$ as le}from"./index-Q9UsUwtw.js";import{t as ue}from"./use-merged-state-B4XHzrZT.js";var B=e({name:`Eye`,render(){return(()=>{let e=l(`ae479a1970012861`);return e[0]||=s(`svg`,{xmlns:`http://www.w3.org/2000/svg`,viewBox:`0 0 512 512`},[s(`path`,{d:`M255.66 112c-77.94 0-157.89 45.11-220.83 135.33a16 16 0 0 0-.27 17.77C82.92 340.8 161.8 400 255.66 400c92.84 0 173.34-59.38 221.79-135.25a16.14 16.14 0 0 0 0-17.47C428.89 172.28 347.8 112 255.66 112z`,fill:`none`,stroke:`currentColor`,"stroke-linecap":`round`,"stroke-linejoin":`round`,"stroke-width":`32`}),s(`circle`,{cx:`256`,cy:`256`,r:`80`,fill:`none`,stroke:`currentColor`,"stroke-miterlimit":`10`,"stroke-width":`32`})],-1)})()}}),V=e({name:`EyeOff`,render(){return(()=>{let e=l(`2c06203b450ce879`);return e[0]||=s(`svg`,{xmlns:`http://www.w3.org/2000/svg`,viewBox:`0 0 512 512`},[s(`path`,{d:`M432 448a15.92 15.92 0 0 1-11.31-4.69l-352-352a16 16 0 0 1 22.62-22.62l352 352A16 16 0 0 1 432 448z`,fill:`currentColor`}),s(`path`,{d:`M255.66 384c-41.49 0-81.5-12.28-118.92-36.5c-34.07-22-64.74-53.51-88.7-91v-.08c19.94-28.57 41.78-52.73 65.24-72.21a2 2 0 0 0 .14-2.94L93.5 161.38a2 2 0 0 0-2.71-.12c-24.92 21-48.05 46.76-69.08 76.92a31.92 31.92 0 0 0-.64 35.54c26.41 41.33 60.4 76.14 98.28 100.65C162 402 207.9 416 255.66 416a239.13 239.13 0 0 0 75.8-12.58a2 2 0 0 0 .77-3.31l-21.58-21.58a4 4 0 0 0-3.83-1a204.8 204.8 0 0 1-51.16 6.47z`,fill:`currentColor`}),s(`path`,{d:`M490.84 238.6c-26.46-40.92-60.79-75.68-99.27-100.53C349 110.55 302 96 255.66 96a227.34 227.34 0 0 0-74.89 12.83a2 2 0 0 0-.75 3.31l21.55 21.55a4 4 0 0 0 3.88 1a192.82 192.82 0 0 1 50.21-6.69c40.69 0 80.58 12.43 118.55 37c34.71 22.4 65.74 53.88 89.76 91a.13.13 0 0 1 0 .16a310.72 310.72 0 0 1-64.12 72.73a2 2 0 0 0-.15 2.95l19.9 19.89a2 2 0 0 0 2.7.13a343.49 343.49 0 0 0 68.64-78.48a32.2 32.2 0 0 0-.1-34.78z`,fill:`currentColor`}),s(`path`,{d:`M256 160a95.88 95.88 0 0 0-21.37 2.4a2 2 0 0 0-1 3.38l112.59 112.56a2 2 0 0 0 3.38-1A96 96 0 0 0 256 160z`,fill:`currentColor`}),s(`path`,{d:`M165.78 233.66a2 2 0 0 0-3.38 1a96 96 0 0 0 115 115a2 2 0 0 0 1-3.38z`,fill:`currentColor`})],-1)})()}}),H=m(`n-input`),de=E(`input`,`
 max-width: 100%;
 cursor: text;
 line-height: 1.5;
 z-index: auto;
 outline: none;
 box-sizing: border-box;
 position: relative;
 display: inline-flex;
 border-radius: var(--n-border-radius);
 background-color: var(--n-color);
 transition: background-color .3s var(--n-bezier);
 font-size: var(--n-font-size);
 font-weight: var(--n-font-weight);
 --n-padding-vertical: calc((var(--n-height) - 1.5 * var(--n-font-size)) / 2);
`,[T(`input, textarea`,`
 overflow: hidden;
 flex-grow: 1;
 position: relative;
 `),T(`input-el, textarea-el, input-mirror, textarea-mirror, separator, placeholder`,`
 box-sizing: border-box;
 font-size: inherit;
 line-height: 1.5;
 font-family: inherit;
 border: none;
 outline: none;
 background-color: #0000;
 text-align: inherit;
 transition:
 -webkit-text-fill-color .3s var(--n-bezier),
 caret-color .3s var(--n-bezier),
 color .3s var(--n-bezier),
 text-decoration-color .3s var(--n-bezier);
 `),T(`input-el, textarea-el`,`
 -webkit-appearance: none;
 scrollbar-width: none;
 width: 100%;
 min-width: 0;
 text-decoration-color: var(--n-text-decoration-color);
 color: var(--n-text-color);
 caret-color: var(--n-caret-color);
 background-color: transparent;
 `,[S(`&::-webkit-scrollbar, &::-webkit-scrollbar-track-piece, &::-webkit-scrollbar-thumb`,`
 width: 0;
 height: 0;
 display: none;
 `),S(`&::placeholder`,`
 color: #0000;
 -webkit-text-fill-color: transparent !important;
 `),S(`&:-webkit-autofill ~`,[T(`placeholder`,`display: none;`)])]),p(`round`,[r(`textarea`,`border-radius: calc(var(--n-height) / 2);`)]),T(`placeholder`,`
 pointer-events: none;
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 overflow: hidden;
 color: var(--n-placeholder-color);
 `,[S(`span`,`
 width: 100%;
 display: inline-block;
 `)]),p(`textarea`,[T(`placeholder`,`overflow: visible;`)]),r(`autosize`,`width: 100%;`),p(`autosize`,[T(`textarea-el, input-el`,`
 position: absolute;
 top: 0;
 left: 0;
 height: 100%;
 `)]),E(`input-wrapper`,`
 overflow: hidden;
 display: inline-flex;
 flex-grow: 1;
 position: relative;
 padding-left: var(--n-padding-left);
 padding-right: var(--n-padding-right);
 `),T(`input-mirror`,`
 padding: 0;
 height: var(--n-height);
 line-height: var(--n-height);
 overflow: hidden;
 visibility: hidden;
 position: static;
 white-space: pre;
 pointer-events: none;
 `),T(`input-el`,`
 padding: 0;
 height: var(--n-height);
 line-height: var(--n-height);
 `,[S(`&[type=password]::-ms-reveal`,`display: none;`),S(`+`,[T(`placeholder`,`
 display: flex;
 align-items: center; 
 `)])]),r(`textarea`,[T(`placeholder`,`white-space: nowrap;`)]),T(`eye`,`
 display: flex;
 align-items: center;
 justify-content: center;
 transition: color .3s var(--n-bezier);
 `),p(`textarea`,`width: 100%;`,[E(`input-word-count`,`
 position: absolute;
 right: var(--n-padding-right);
 bottom: var(--n-padding-vertical);
 `),p(`resizable`,[E(`input-wrapper`,`
 resize: vertical;
 min-height: var(--n-height);
 `)]),T(`textarea-el, textarea-mirror, placeholder`,`
 height: 100%;
 padding-left: 0;
 padding-right: 0;
 padding-top: var(--n-padding-vertical);
 padding-bottom: var(--n-padding-vertical);
 word-break: break-word;
 display: inline-block;
 vertical-align: bottom;
 box-sizing: border-box;
 line-height: var(--n-line-height-textarea);
 margin: 0;
 resize: none;
 white-space: pre-wrap;
 scroll-padding-block-end: var(--n-padding-vertical);
 `),T(`textarea-mirror`,`
 width: 100%;
 pointer-events: none;
 overflow: hidden;
 visibility: hidden;
 position: static;
 white-space: pre-wrap;
 overflow-wrap: break-word;
 `)]),p(`pair`,[T(`input-el, placeholder`,`text-align: center;`),T(`separator`,`
 display: flex;
 align-items: center;
 transition: color .3s var(--n-bezier);
 color: var(--n-text-color);
 white-space: nowrap;
 `,[E(`icon`,`
 color: var(--n-icon-color);
 `),E(`base-icon`,`
 color: var(--n-icon-color);
 `)])]),p(`disabled`,`
 cursor: not-allowed;
 background-color: var(--n-color-disabled);
 `,[T(`border`,`border: var(--n-border-disabled);`),T(`input-el, textarea-el`,`
 cursor: not-allowed;
 color: var(--n-text-color-disabled);
 text-decoration-color: var(--n-text-color-disabled);
 `),T(`placeholder`,`color: var(--n-placeholder-color-disabled);`),T(`separator`,`color: var(--n-text-color-disabled);`,[E(`icon`,`
 color: var(--n-icon-color-disabled);
 `),E(`base-icon`,`
 color: var(--n-icon-color-disabled);
 `)]),E(`input-word-count`,`
 color: var(--n-count-text-color-disabled);
 `),T(`suffix, prefix`,`color: var(--n-text-color-disabled);`,[E(`icon`,`
 color: var(--n-icon-color-disabled);
 `),E(`internal-icon`,`
 color: var(--n-icon-color-disabled);
 `)])]),r(`disabled`,[T(`eye`,`
 color: var(--n-icon-color);
 cursor: pointer;
 `,[S(`&:hover`,`
 color: var(--n-icon-color-hover);
 `),S(`&:active`,`
 color: var(--n-icon-color-pressed);
 `)]),S(`&:hover`,`background-color: var(--n-color-hover);`,[T(`state-border`,`border: var(--n-border-hover);`)]),p(`focus`,`background-color: var(--n-color-focus);`,[T(`state-border`,`
 border: var(--n-border-focus);
 box-shadow: var(--n-box-shadow-focus);
 `)])]),T(`border, state-border`,`
 box-sizing: border-box;
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 pointer-events: none;
 border-radius: inherit;
 border: var(--n-border);
 transition:
 box-shadow .3s var(--n-bezier),
 border-color .3s var(--n-bezier);
 `),T(`state-border`,`
 border-color: #0000;
 z-index: 1;
 `),T(`prefix`,`margin-right: 4px;`),T(`suffix`,`
 margin-left: 4px;
 `),T(`suffix, prefix`,`
 transition: color .3s var(--n-bezier);
 flex-wrap: nowrap;
 flex-shrink: 0;
 line-height: var(--n-height);
 white-space: nowrap;
 display: inline-flex;
 align-items: center;
 justify-content: center;
 color: var(--n-suffix-text-color);
 `,[E(`base-loading`,`
 font-size: var(--n-icon-size);
 margin: 0 2px;
 color: var(--n-loading-color);
 `),E(`base-clear`,`
 font-size: var(--n-icon-size);
 `,[T(`placeholder`,[E(`base-icon`,`
 transition: color .3s var(--n-bezier);
 color: var(--n-icon-color);
 font-size: var(--n-icon-size);
 `)])]),S(`>`,[E(`icon`,`
 transition: color .3s var(--n-bezier);
 color: var(--n-icon-color);
 font-size: var(--n-icon-size);
 `)]),E(`base-icon`,`
 font-size: var(--n-icon-size);
 `)]),E(`input-word-count`,`
 pointer-events: none;
 line-height: 1.5;
 font-size: .85em;
 color: var(--n-count-text-color);
 transition: color .3s var(--n-bezier);
 margin-left: 4px;
 font-variant: tabular-nums;
 `),[`warning`,`error`].map(e=>p(`${e}-status`,[r(`disabled`,[E(`base-loading`,`
 color: var(--n-loading-color-${e})
 `),T(`input-el, textarea-el`,`
 caret-color: var(--n-caret-color-${e});
 `),T(`state-border`,`
 border: var(--n-border-${e});
 `),S(`&:hover`,[T(`state-border`,`
 border: var(--n-border-hover-${e});
 `)]),S(`&:focus`,`
 background-color: var(--n-color-focus-${e});
 `,[T(`state-border`,`
 box-shadow: var(--n-box-shadow-focus-${e});
 border: var(--n-border-focus-${e});
 `)]),p(`focus`,`
 background-color: var(--n-color-focus-${e});
 `,[T(`state-border`,`
 box-shadow: var(--n-box-shadow-focus-${e});
 border: var(--n-border-focus-${e});
 `)])])]))]),fe=E(`input`,[p(`disabled`,[T(`input-el, textarea-el`,`
 -webkit-text-fill-color: var(--n-text-color-disabled);
 `)])]);function U(e){let t=0;for(let n of e)t++;return t}function W(e){return e===``||e==null}function pe(e){let t=u(null);function n(){let{value:n}=e;if(!n?.focus){i();return}let{selectionStart:r,selectionEnd:a,value:o}=n;r==null||a==null?i():t.value={start:r,end:a,beforeText:o.slice(0,r),afterText:o.slice(a)}}function r(){let{value:n}=t,{value:r}=e;if(!n||!r)return;let{value:i}=r,{start:a,beforeText:o,afterText:s}=n,c=i.length;if(i.endsWith(s))c=i.length-s.length;else if(i.startsWith(o))c=o.length;else{let e=o[a-1],t=i.indexOf(e,a-1);t!==-1&&(c=t+1)}r.setSelectionRange?.(c,c)}function i(){t.value=null}return f(e,i),{recordCursor:n,restoreCursor:r}}var G=e({name:`InputWordCount`,setup(e,{slots:t}){let{mergedValueRef:n,maxlengthRef:r,mergedClsPrefixRef:i,countGraphemesRef:s}=v(H),c=a(()=>{let{value:e}=n;return e===null||Array.isArray(e)?0:(s.value||U)(e)});return()=>{let{value:e}=r,{value:a}=n;return b(),g(`span`,{class:d(`${i.value}-input-word-count`)},[o(()=>j(t.default,{value:a===null||Array.isArray(a)?``:a},()=>[e===void 0?c.value:`${c.value} / ${e}`]))],2)}}}),me=[`autofocus`,`rows`,`placeholder`,`value`,`disabled`,`maxlength`,`minlength`,`readonly`,`tabindex`,`onBlur`,`onFocus`,`onInput`,`onChange`,`onScroll`],he=[`type`,`tabindex`,`placeholder`,`disabled`,`maxlength`,`minlength`,`value`,`readonly`,`autofocus`,`size`,`onBlur`,`onFocus`,`onInput`,`onChange`],K=[`onMousedown`,`onClick`],ge=[`type`,`tabindex`,`placeholder`,`disabled`,`maxlength`,`minlength`,`value`,`readonly`,`onBlur`,`onFocus`,`onInput`,`onChange`],q=[`tabindex`,`onFocus`,`onBlur`,`onClick`,`onMousedown`,`onMouseenter`,`onMouseleave`,`onCompositionstart`,`onCompositionend`,`onKeyup`,`onKeydown`],J={...w.props,bordered:{type:Boolean,default:void 0},type:{type:String,default:`text`},placeholder:[Array,String],defaultValue:{type:[String,Array],default:null},value:[String,Array],disabled:{type:Boolean,default:void 0},size:String,rows:{type:[Number,String],default:3},round:Boolean,minlength:[String,Number],maxlength:[String,Number],clearable:Boolean,autosize:{type:[Boolean,Object],default:!1},pair:Boolean,separator:String,readonly:{type:[String,Boolean],default:!1},passivelyActivated:Boolean,showPasswordOn:String,stateful:{type:Boolean,default:!0},autofocus:Boolean,inputProps:Object,resizable:{type:Boolean,default:!0},showCount:Boolean,loading:{type:Boolean,default:void 0},allowInput:Function,renderCount:Function,onMousedown:Function,onKeydown:Function,onKeyup:[Function,Array],onInput:[Function,Array],onFocus:[Function,Array],onBlur:[Function,Array],onClick:[Function,Array],onChange:[Function,Array],onClear:[Function,Array],countGraphemes:Function,status:String,"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array],textDecoration:[String,Array],attrSize:{type:Number,default:20},onInputBlur:[Function,Array],onInputFocus:[Function,Array],onDeactivate:[Function,Array],onActivate:[Function,Array],onWrapperFocus:[Function,Array],onWrapperBlur:[Function,Array],internalDeactivateOnEnter:Boolean,internalForceFocus:Boolean,internalLoadingBeforeSuffix:{type:Boolean,default:!0},showPasswordToggle:Boolean},_e=e({name:`Input`,props:J,slots:Object,setup(e){let{mergedClsPrefixRef:r,mergedBorderedRef:o,inlineThemeDisabled:s,mergedRtlRef:l,mergedComponentPropsRef:d}=te(e),p=w(`Input`,`-input`,de,le,e,r);oe&&c(`-input-safari`,fe,r);let m=u(null),h=u(null),g=u(null),_=u(null),v=u(null),b=u(null),x=u(null),S=pe(x),T=u(null),{localeRef:E}=ce(`Input`),D=u(e.defaultValue),O=i(e,`value`),A=ue(O,D),j=se(e,{mergedSize:t=>{let{size:n}=e;if(n)return n;let{mergedSize:r}=t||{};return r?.value?r.value:d?.value?.Input?.size||`medium`}}),{mergedSizeRef:M,mergedDisabledRef:F,mergedStatusRef:L}=j,R=u(!1),z=u(!1),B=u(!1),V=u(!1),U=null,G=a(()=>{let{placeholder:t,pair:n}=e;return n?Array.isArray(t)?t:t===void 0?[``,``]:[t,t]:t===void 0?[E.value.placeholder]:[t]}),me=a(()=>{let{value:e}=B,{value:t}=A,{value:n}=G;return!e&&(W(t)||Array.isArray(t)&&W(t[0]))&&n[0]}),he=a(()=>{let{value:e}=B,{value:t}=A,{value:n}=G;return!e&&n[1]&&(W(t)||Array.isArray(t)&&W(t[1]))}),K=P(()=>e.internalForceFocus||R.value),ge=P(()=>{if(F.value||e.readonly||!e.clearable||!K.value&&!z.value)return!1;let{value:t}=A,{value:n}=K;return e.pair?!!(Array.isArray(t)&&(t[0]||t[1]))&&(z.value||n):!!t&&(z.value||n)}),q=a(()=>{let{showPasswordOn:t}=e;if(t)return t;if(e.showPasswordToggle)return`click`}),J=u(!1),_e=a(()=>{let{textDecoration:t}=e;return t?Array.isArray(t)?t.map(e=>({textDecoration:e})):[{textDecoration:t}]:[``,``]}),ve=u(void 0),ye=()=>{if(e.type===`textarea`){let{autosize:t}=e;if(t&&(ve.value=T.value?.$el?.offsetWidth),!h.value||typeof t==`boolean`)return;let{paddingTop:n,paddingBottom:r,lineHeight:i}=window.getComputedStyle(h.value),a=Number(n.slice(0,-2)),o=Number(r.slice(0,-2)),s=Number(i.slice(0,-2)),{value:c}=g;if(!c)return;if(t.minRows){let e=Math.max(t.minRows,1),n=`${a+o+s*e}px`;c.style.minHeight=n}if(t.maxRows){let e=`${a+o+s*t.maxRows}px`;c.style.maxHeight=e}}},be=a(()=>{let{maxlength:t}=e;return t===void 0?void 0:Number(t)});ne(()=>{let{value:e}=A;Array.isArray(e)||rt(e)});let xe=re().proxy;function Y(t,n){let{onUpdateValue:r,"onUpdate:value":i,onInput:a}=e,{nTriggerFormInput:o}=j;r&&N(r,t,n),i&&N(i,t,n),a&&N(a,t,n),D.value=t,o()}function X(t,n){let{onChange:r}=e,{nTriggerFormChange:i}=j;r&&N(r,t,n),D.value=t,i()}function Se(t){let{onBlur:n}=e,{nTriggerFormBlur:r}=j;n&&N(n,t),r()}function Ce(t){let{onFocus:n}=e,{nTriggerFormFocus:r}=j;n&&N(n,t),r()}function we(t){let{onClear:n}=e;n&&N(n,t)}function Te(t){let{onInputBlur:n}=e;n&&N(n,t)}function Ee(t){let{onInputFocus:n}=e;n&&N(n,t)}function De(){let{onDeactivate:t}=e;t&&N(t)}function Oe(){let{onActivate:t}=e;t&&N(t)}function ke(t){let{onClick:n}=e;n&&N(n,t)}function Ae(t){let{onWrapperFocus:n}=e;n&&N(n,t)}function je(t){let{onWrapperBlur:n}=e;n&&N(n,t)}function Me(){B.value=!0}function Ne(e){B.value=!1,e.target===b.value?Z(e,1):Z(e,0)}function Z(t,n=0,r=`input`){let i=t.target.value;if(rt(i),t instanceof InputEvent&&!t.isComposing&&(B.value=!1),e.type===`textarea`){let{value:e}=T;e&&e.syncUnifiedContainer()}if(U=i,B.value)return;S.recordCursor();let a=Pe(i);if(a){if(!e.pair)r===`input`?Y(i,{source:n}):X(i,{source:n});else{let{value:e}=A;e=Array.isArray(e)?[e[0],e[1]]:[``,``],e[n]=i,r===`input`?Y(e,{source:n}):X(e,{source:n})}}xe.$forceUpdate(),a||y(S.restoreCursor)}function Pe(t){let{countGraphemes:n,maxlength:r,minlength:i}=e;if(n){let e;if(r!==void 0&&(e===void 0&&(e=n(t)),e>Number(r))||i!==void 0&&(e===void 0&&(e=n(t)),e<Number(r)))return!1}let{allowInput:a}=e;return typeof a!=`function`||a(t)}function Fe(e){Te(e),e.relatedTarget===m.value&&De(),(e.relatedTarget===null||e.relatedTarget!==v.value&&e.relatedTarget!==b.value&&e.relatedTarget!==h.value)&&(V.value=!1),Q(e,`blur`),x.value=null}function Ie(e,t){Ee(e),R.value=!0,V.value=!0,Oe(),Q(e,`focus`),t===0?x.value=v.value:t===1?x.value=b.value:t===2&&(x.value=h.value)}function Le(t){e.passivelyActivated&&(je(t),Q(t,`blur`))}function Re(t){e.passivelyActivated&&(R.value=!0,Ae(t),Q(t,`focus`))}function Q(e,t){e.relatedTarget!==null&&(e.relatedTarget===v.value||e.relatedTarget===b.value||e.relatedTarget===h.value||e.relatedTarget===m.value)||(t===`focus`?(Ce(e),R.value=!0):t===`blur`&&(Se(e),R.value=!1))}function ze(e,t){Z(e,t,`change`)}function Be(e){ke(e)}function Ve(e){we(e),He()}function He(){e.pair?(Y([``,``],{source:`clear`}),X([``,``],{source:`clear`})):(Y(``,{source:`clear`}),X(``,{source:`clear`}))}function Ue(t){let{onMousedown:n}=e;n&&n(t);let{tagName:r}=t.target;if(r!==`INPUT`&&r!==`TEXTAREA`){if(e.resizable){let{value:e}=m;if(e){let{left:n,top:r,width:i,height:a}=e.getBoundingClientRect();if(n+i-14<t.clientX&&t.clientX<n+i&&r+a-14<t.clientY&&t.clientY<r+a)return}}t.preventDefault(),R.value||Ze()}}function We(){z.value=!0,e.type===`textarea`&&T.value?.handleMouseEnterWrapper()}function Ge(){z.value=!1,e.type===`textarea`&&T.value?.handleMouseLeaveWrapper()}function Ke(){F.value||q.value===`click`&&(J.value=!J.value)}function qe(e){if(F.value)return;e.preventDefault();let t=e=>{e.preventDefault(),k(`mouseup`,document,t)};if(I(`mouseup`,document,t),q.value!==`mousedown`)return;J.value=!0;let n=()=>{J.value=!1,k(`mouseup`,document,n)};I(`mouseup`,document,n)}function Je(t){e.onKeyup&&N(e.onKeyup,t)}function Ye(t){switch(e.onKeydown&&N(e.onKeydown,t),t.key){case`Escape`:$();break;case`Enter`:Xe(t)}}function Xe(t){if(e.passivelyActivated){let{value:n}=V;if(n){e.internalDeactivateOnEnter&&$();return}t.preventDefault(),e.type===`textarea`?h.value?.focus():v.value?.focus()}}function $(){e.passivelyActivated&&(V.value=!1,y(()=>{m.value?.focus()}))}function Ze(){F.value||(e.passivelyActivated?m.value?.focus():(h.value?.focus(),v.value?.focus()))}function Qe(){m.value?.contains(document.activeElement)&&document.activeElement.blur()}function $e(){h.value?.select(),v.value?.select()}function et(){F.value||(h.value?h.value.focus():v.value&&v.value.focus())}function tt(){let{value:e}=m;e?.contains(document.activeElement)&&e!==document.activeElement&&$()}function nt(t){if(e.type===`textarea`){let{value:e}=h;e?.scrollTo(t)}else{let{value:e}=v;e?.scrollTo(t)}}function rt(t){let{type:n,pair:r,autosize:i}=e;if(!r&&i){if(n===`textarea`){let{value:e}=g;e&&(e.textContent=`${t??``}\r\n`)}else{let{value:e}=_;e&&(t?e.textContent=t:e.innerHTML=`&nbsp;`)}}}function it(){ye()}let at=u({top:`0`});function ot(e){let{scrollTop:t}=e.target;at.value.top=`${-t}px`,T.value?.syncUnifiedContainer()}let st=null;n(()=>{let{autosize:t,type:n}=e;t&&n===`textarea`?st=f(A,e=>{!Array.isArray(e)&&e!==U&&rt(e)}):st?.()});let ct=null;n(()=>{e.type===`textarea`?ct=f(A,e=>{!Array.isArray(e)&&e!==U&&T.value?.syncUnifiedContainer()}):ct?.()}),ie(H,{mergedValueRef:A,maxlengthRef:be,mergedClsPrefixRef:r,countGraphemesRef:i(e,`countGraphemes`)});let lt={wrapperElRef:m,inputElRef:v,textareaElRef:h,isCompositing:B,clear:He,focus:Ze,blur:Qe,select:$e,deactivate:tt,activate:et,scrollTo:nt},ut=ae(`Input`,l,r),dt=a(()=>{let{value:e}=M,{common:{cubicBezierEaseInOut:n},self:{color:r,colorHover:i,borderRadius:a,textColor:o,caretColor:s,caretColorError:c,caretColorWarning:l,textDecorationColor:u,border:d,borderDisabled:ee,borderHover:f,borderFocus:m,placeholderColor:te,placeholderColorDisabled:h,lineHeightTextarea:g,colorDisabled:_,colorFocus:ne,textColorDisabled:re,boxShadowFocus:ie,iconSize:v,colorFocusWarning:y,boxShadowFocusWarning:b,borderWarning:x,borderFocusWarning:S,borderHoverWarning:w,colorFocusError:T,boxShadowFocusError:E,borderError:D,borderFocusError:ae,borderHoverError:O,clearSize:k,clearColor:A,clearColorHover:j,clearColorPressed:N,iconColor:P,iconColorDisabled:oe,suffixTextColor:F,countTextColor:se,countTextColorDisabled:I,iconColorHover:L,iconColorPressed:R,loadingColor:ce,loadingColorError:z,loadingColorWarning:le,fontWeight:ue,[C(`padding`,e)]:B,[C(`fontSize`,e)]:V,[C(`height`,e)]:H}}=p.value,{left:de,right:fe}=t(B);return{"--n-bezier":n,"--n-count-text-color":se,"--n-count-text-color-disabled":I,"--n-color":r,"--n-color-hover":i,"--n-font-size":V,"--n-font-weight":ue,"--n-border-radius":a,"--n-height":H,"--n-padding-left":de,"--n-padding-right":fe,"--n-text-color":o,"--n-caret-color":s,"--n-text-decoration-color":u,"--n-border":d,"--n-border-disabled":ee,"--n-border-hover":f,"--n-border-focus":m,"--n-placeholder-color":te,"--n-placeholder-color-disabled":h,"--n-icon-size":v,"--n-line-height-textarea":g,"--n-color-disabled":_,"--n-color-focus":ne,"--n-text-color-disabled":re,"--n-box-shadow-focus":ie,"--n-loading-color":ce,"--n-caret-color-warning":l,"--n-color-focus-warning":y,"--n-box-shadow-focus-warning":b,"--n-border-warning":x,"--n-border-focus-warning":S,"--n-border-hover-warning":w,"--n-loading-color-warning":le,"--n-caret-color-error":c,"--n-color-focus-error":T,"--n-box-shadow-focus-error":E,"--n-border-error":D,"--n-border-focus-error":ae,"--n-border-hover-error":O,"--n-loading-color-error":z,"--n-clear-color":A,"--n-clear-size":k,"--n-clear-color-hover":j,"--n-clear-color-pressed":N,"--n-icon-color":P,"--n-icon-color-hover":L,"--n-icon-color-pressed":R,"--n-icon-color-disabled":oe,"--n-suffix-text-color":F}}),ft=s?ee(`input`,a(()=>{let{value:e}=M;return e[0]}),dt,e):void 0;return{...lt,wrapperElRef:m,inputElRef:v,inputMirrorElRef:_,inputEl2Ref:b,textareaElRef:h,textareaMirrorElRef:g,textareaScrollbarInstRef:T,rtlEnabled:ut,uncontrolledValue:D,mergedValue:A,passwordVisible:J,mergedPlaceholder:G,showPlaceholder1:me,showPlaceholder2:he,mergedFocus:K,isComposing:B,activated:V,showClearButton:ge,mergedSize:M,mergedDisabled:F,textDecorationStyle:_e,mergedClsPrefix:r,mergedBordered:o,mergedShowPasswordOn:q,placeholderStyle:at,mergedStatus:L,textAreaScrollContainerWidth:ve,handleTextAreaScroll:ot,handleCompositionStart:Me,handleCompositionEnd:Ne,handleInput:Z,handleInputBlur:Fe,handleInputFocus:Ie,handleWrapperBlur:Le,handleWrapperFocus:Re,handleMouseEnter:We,handleMouseLeave:Ge,handleMouseDown:Ue,handleChange:ze,handleClick:Be,handleClear:Ve,handlePasswordToggleClick:Ke,handlePasswordToggleMousedown:qe,handleWrapperKeydown:Ye,handleWrapperKeyup:Je,handleTextAreaMirrorResize:it,getTextareaScrollContainer:()=>h.value,mergedTheme:p,cssVars:s?void 0:dt,themeClass:ft?.themeClass,onRender:ft?.onRender}},render(){let{mergedClsPrefix:e,mergedStatus:t,themeClass:n,type:r,countGraphemes:i,onRender:a}=this,c=this.$slots;return a?.(),b(),g(`div`,{ref:`wrapperElRef`,class:d([`${e}-input`,`${e}-input--${this.mergedSize}-size`,n,t&&`${e}-input--${t}-status`,{[`${e}-input--rtl`]:this.rtlEnabled,[`${e}-input--disabled`]:this.mergedDisabled,[`${e}-input--textarea`]:r===`textarea`,[`${e}-input--resizable`]:this.resizable&&!this.autosize,[`${e}-input--autosize`]:this.autosize,[`${e}-input--round`]:this.round&&r!==`textarea`,[`${e}-input--pair`]:this.pair,[`${e}-input--focus`]:this.mergedFocus,[`${e}-input--stateful`]:this.stateful}]),style:D(this.cssVars),tabindex:!this.mergedDisabled&&this.passivelyActivated&&!this.activated?0:void 0,onFocus:this.handleWrapperFocus,onBlur:this.handleWrapperBlur,onClick:this.handleClick,onMousedown:this.handleMouseDown,onMouseenter:this.handleMouseEnter,onMouseleave:this.handleMouseLeave,onCompositionstart:this.handleCompositionStart,onCompositionend:this.handleCompositionEnd,onKeyup:this.handleWrapperKeyup,onKeydown:this.handleWrapperKeydown},[s(`div`,{class:d(`${e}-input-wrapper`)},[o(()=>O(c.prefix,t=>t&&(b(),g(`div`,{class:d(`${e}-input__prefix`)},[o(()=>t)],2)))),r===`textarea`?(b(),x(L,{key:0,ref:`textareaScrollbarInstRef`,class:d(`${e}-input__textarea`),container:this.getTextareaScrollContainer,theme:this.theme?.peers?.Scrollbar,themeOverrides:this.themeOverrides?.peers?.Scrollbar,triggerDisplayManually:!0,useUnifiedContainer:!0,internalHoistYRail:!0},{default:()=>{let{textAreaScrollContainerWidth:t}=this,n={width:this.autosize&&t&&`${t}px`};return b(),g(h,null,[s(`textarea`,_(this.inputProps,{ref:`textareaElRef`,class:[`${e}-input__textarea-el`,this.inputProps?.class],autofocus:this.autofocus,rows:Number(this.rows),placeholder:this.placeholder,value:this.mergedValue,disabled:this.mergedDisabled,maxlength:i?void 0:this.maxlength,minlength:i?void 0:this.minlength,readonly:this.readonly,tabindex:this.passivelyActivated&&!this.activated?-1:void 0,style:[this.textDecorationStyle[0],this.inputProps?.style,n],onBlur:this.handleInputBlur,onFocus:e=>{this.handleInputFocus(e,2)},onInput:this.handleInput,onChange:this.handleChange,onScroll:this.handleTextAreaScroll}),null,16,me),this.showPlaceholder1?(b(),g(`div`,{class:d(`${e}-input__placeholder`),style:D([this.placeholderStyle,n]),key:`placeholder`},[o(()=>this.mergedPlaceholder[0])],6)):o(()=>null),this.autosize?(b(),x(M,{key:2,onResize:this.handleTextAreaMirrorResize},{default:()=>(b(),g(`div`,{ref:`textareaMirrorElRef`,class:d(`${e}-input__textarea-mirror`),key:`mirror`},null,2))},1032,[`onResize`])):o(()=>null)],64)}},1032,[`class`,`container`,`theme`,`themeOverrides`])):(b(),g(`div`,{key:1,class:d(`${e}-input__input`)},[s(`input`,_({type:r===`password`&&this.mergedShowPasswordOn&&this.passwordVisible?`text`:r},this.inputProps,{ref:`inputElRef`,class:[`${e}-input__input-el`,this.inputProps?.class],style:[this.textDecorationStyle[0],this.inputProps?.style],tabindex:this.passivelyActivated&&!this.activated?-1:this.inputProps?.tabindex,placeholder:this.mergedPlaceholder[0],disabled:this.mergedDisabled,maxlength:i?void 0:this.maxlength,minlength:i?void 0:this.minlength,value:Array.isArray(this.mergedValue)?this.mergedValue[0]:this.mergedValue,readonly:this.readonly,autofocus:this.autofocus,size:this.attrSize,onBlur:this.handleInputBlur,onFocus:e=>{this.handleInputFocus(e,0)},onInput:e=>{this.handleInput(e,0)},onChange:e=>{this.handleChange(e,0)}}),null,16,he),this.showPlaceholder1?(b(),g(`div`,{key:0,class:d(`${e}-input__placeholder`)},[s(`span`,null,[o(()=>this.mergedPlaceholder[0])])],2)):o(()=>null),this.autosize?(b(),g(`div`,{class:d(`${e}-input__input-mirror`),key:`mirror`,ref:`inputMirrorElRef`},`\xA0`,2)):o(()=>null)],2)),o(()=>!this.pair&&O(c.suffix,t=>t||this.clearable||this.showCount||this.mergedShowPasswordOn||this.loading!==void 0?(b(),g(`div`,{key:1,class:d(`${e}-input__suffix`)},[o(()=>[O(c[`clear-icon-placeholder`],t=>(this.clearable||t)&&(b(),x(R,{clsPrefix:e,show:this.showClearButton,onClear:this.handleClear},{placeholder:()=>t,icon:()=>this.$slots[`clear-icon`]?.()},1032,[`clsPrefix`,`show`,`onClear`]))),this.internalLoadingBeforeSuffix?null:t,this.loading===void 0?null:(b(),x(z,{key:2,clsPrefix:e,loading:this.loading,showArrow:!1,showClear:!1,style:D(this.cssVars)},null,8,[`clsPrefix`,`loading`,`style`])),this.internalLoadingBeforeSuffix?t:null,this.showCount&&this.type!==`textarea`?(b(),x(G,{key:3},{default:e=>{let{renderCount:t}=this;return t?t(e):c.count?.(e)}},1024)):null,this.mergedShowPasswordOn&&this.type===`password`?(b(),g(`div`,{key:4,class:d(`${e}-input__eye`),onMousedown:this.handlePasswordToggleMousedown,onClick:this.handlePasswordToggleClick},[this.passwordVisible?(b(),g(h,{key:0},[o(()=>A(c[`password-visible-icon`],()=>[(b(),x(F,{clsPrefix:e},{default:()=>(b(),x(B))},1032,[`clsPrefix`]))]))],64)):(b(),g(h,{key:1},[o(()=>A(c[`password-invisible-icon`],()=>[(b(),x(F,{clsPrefix:e},{default:()=>(b(),x(V))},1032,[`clsPrefix`]))]))],64))],42,K)):null])],2)):null))],2),this.pair?(b(),g(`span`,{key:0,class:d(`${e}-input__separator`)},[o(()=>A(c.separator,()=>[this.separator]))],2)):o(()=>null),this.pair?(b(),g(`div`,{key:2,class:d(`${e}-input-wrapper`)},[s(`div`,{class:d(`${e}-input__input`)},[s(`input`,{ref:`inputEl2Ref`,type:this.type,class:d(`${e}-input__input-el`),tabindex:this.passivelyActivated&&!this.activated?-1:void 0,placeholder:this.mergedPlaceholder[1],disabled:this.mergedDisabled,maxlength:i?void 0:this.maxlength,minlength:i?void 0:this.minlength,value:Array.isArray(this.mergedValue)?this.mergedValue[1]:void 0,readonly:this.readonly,style:D(this.textDecorationStyle[1]),onBlur:this.handleInputBlur,onFocus:e=>{this.handleInputFocus(e,1)},onInput:e=>{this.handleInput(e,1)},onChange:e=>{this.handleChange(e,1)}},null,46,ge),this.showPlaceholder2?(b(),g(`div`,{key:0,class:d(`${e}-input__placeholder`)},[s(`span`,null,[o(()=>this.mergedPlaceholder[1])])],2)):o(()=>null)],2),o(()=>O(c.suffix,t=>(this.clearable||t)&&(b(),g(`div`,{class:d(`${e}-input__suffix`)},[o(()=>[this.clearable&&(b(),x(R,{clsPrefix:e,show:this.showClearButton,onClear:this.handleClear},{icon:()=>c[`clear-icon`]?.(),placeholder:()=>c[`clear-icon-placeholder`]?.()},1032,[`clsPrefix`,`show`,`onClear`])),t])],2))))],2)):o(()=>null),this.mergedBordered?(b(),g(`div`,{key:4,class:d(`${e}-input__border`)},null,2)):o(()=>null),this.mergedBordered?(b(),g(`div`,{key:6,class:d(`${e}-input__state-border`)},null,2)):o(()=>null),this.showCount&&r===`textarea`?(b(),x(G,{key:8},{default:e=>{let{renderCount:t}=this;return t?t(e):c.count?.(e)}},1024)):o(()=>null)],46,q)}});export{_e as t};