import{$t as e,At as t,D as n,Dt as r,Gn as i,H as a,I as o,O as s,On as c,Ot as l,Qt as u,R as d,Rn as f,Tt as p,U as ee,Vn as m,Y as h,Zt as g,_n as te,an as _,bn as ne,cn as v,dn as y,fn as b,kn as x,kt as S,on as re,q as ie,qt as C,tn as w,wt as T,yn as E,z as D}from"./failure-DdhVUdvy.js";import{A as O,D as ae,M as k,R as A,U as j,V as M,W as N,Z as P,c as oe,d as se,g as F,j as I,y as L}from"./Button-5vQ51-9u.js";import{n as R,r as ce,t as z}from"./Suffix-JRw3DyFU.js";import{$ as le}from"./index-DU_01afT.js";import{t as ue}from"./use-merged-state-C3-zl2cW.js";var B=_({name:`Eye`,render(){return(()=>{let e=d(`ae479a1970012861`);return e[0]||=u(`svg`,{xmlns:`http://www.w3.org/2000/svg`,viewBox:`0 0 512 512`},[u(`path`,{d:`M255.66 112c-77.94 0-157.89 45.11-220.83 135.33a16 16 0 0 0-.27 17.77C82.92 340.8 161.8 400 255.66 400c92.84 0 173.34-59.38 221.79-135.25a16.14 16.14 0 0 0 0-17.47C428.89 172.28 347.8 112 255.66 112z`,fill:`none`,stroke:`currentColor`,"stroke-linecap":`round`,"stroke-linejoin":`round`,"stroke-width":`32`}),u(`circle`,{cx:`256`,cy:`256`,r:`80`,fill:`none`,stroke:`currentColor`,"stroke-miterlimit":`10`,"stroke-width":`32`})],-1)})()}}),V=_({name:`EyeOff`,render(){return(()=>{let e=d(`2c06203b450ce879`);return e[0]||=u(`svg`,{xmlns:`http://www.w3.org/2000/svg`,viewBox:`0 0 512 512`},[u(`path`,{d:`M432 448a15.92 15.92 0 0 1-11.31-4.69l-352-352a16 16 0 0 1 22.62-22.62l352 352A16 16 0 0 1 432 448z`,fill:`currentColor`}),u(`path`,{d:`M255.66 384c-41.49 0-81.5-12.28-118.92-36.5c-34.07-22-64.74-53.51-88.7-91v-.08c19.94-28.57 41.78-52.73 65.24-72.21a2 2 0 0 0 .14-2.94L93.5 161.38a2 2 0 0 0-2.71-.12c-24.92 21-48.05 46.76-69.08 76.92a31.92 31.92 0 0 0-.64 35.54c26.41 41.33 60.4 76.14 98.28 100.65C162 402 207.9 416 255.66 416a239.13 239.13 0 0 0 75.8-12.58a2 2 0 0 0 .77-3.31l-21.58-21.58a4 4 0 0 0-3.83-1a204.8 204.8 0 0 1-51.16 6.47z`,fill:`currentColor`}),u(`path`,{d:`M490.84 238.6c-26.46-40.92-60.79-75.68-99.27-100.53C349 110.55 302 96 255.66 96a227.34 227.34 0 0 0-74.89 12.83a2 2 0 0 0-.75 3.31l21.55 21.55a4 4 0 0 0 3.88 1a192.82 192.82 0 0 1 50.21-6.69c40.69 0 80.58 12.43 118.55 37c34.71 22.4 65.74 53.88 89.76 91a.13.13 0 0 1 0 .16a310.72 310.72 0 0 1-64.12 72.73a2 2 0 0 0-.15 2.95l19.9 19.89a2 2 0 0 0 2.7.13a343.49 343.49 0 0 0 68.64-78.48a32.2 32.2 0 0 0-.1-34.78z`,fill:`currentColor`}),u(`path`,{d:`M256 160a95.88 95.88 0 0 0-21.37 2.4a2 2 0 0 0-1 3.38l112.59 112.56a2 2 0 0 0 3.38-1A96 96 0 0 0 256 160z`,fill:`currentColor`}),u(`path`,{d:`M165.78 233.66a2 2 0 0 0-3.38 1a96 96 0 0 0 115 115a2 2 0 0 0 1-3.38z`,fill:`currentColor`})],-1)})()}}),H=h(`n-input`),de=p(`input`,`
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
`,[r(`input, textarea`,`
 overflow: hidden;
 flex-grow: 1;
 position: relative;
 `),r(`input-el, textarea-el, input-mirror, textarea-mirror, separator, placeholder`,`
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
 `),r(`input-el, textarea-el`,`
 -webkit-appearance: none;
 scrollbar-width: none;
 width: 100%;
 min-width: 0;
 text-decoration-color: var(--n-text-decoration-color);
 color: var(--n-text-color);
 caret-color: var(--n-caret-color);
 background-color: transparent;
 `,[T(`&::-webkit-scrollbar, &::-webkit-scrollbar-track-piece, &::-webkit-scrollbar-thumb`,`
 width: 0;
 height: 0;
 display: none;
 `),T(`&::placeholder`,`
 color: #0000;
 -webkit-text-fill-color: transparent !important;
 `),T(`&:-webkit-autofill ~`,[r(`placeholder`,`display: none;`)])]),l(`round`,[S(`textarea`,`border-radius: calc(var(--n-height) / 2);`)]),r(`placeholder`,`
 pointer-events: none;
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 overflow: hidden;
 color: var(--n-placeholder-color);
 `,[T(`span`,`
 width: 100%;
 display: inline-block;
 `)]),l(`textarea`,[r(`placeholder`,`overflow: visible;`)]),S(`autosize`,`width: 100%;`),l(`autosize`,[r(`textarea-el, input-el`,`
 position: absolute;
 top: 0;
 left: 0;
 height: 100%;
 `)]),p(`input-wrapper`,`
 overflow: hidden;
 display: inline-flex;
 flex-grow: 1;
 position: relative;
 padding-left: var(--n-padding-left);
 padding-right: var(--n-padding-right);
 `),r(`input-mirror`,`
 padding: 0;
 height: var(--n-height);
 line-height: var(--n-height);
 overflow: hidden;
 visibility: hidden;
 position: static;
 white-space: pre;
 pointer-events: none;
 `),r(`input-el`,`
 padding: 0;
 height: var(--n-height);
 line-height: var(--n-height);
 `,[T(`&[type=password]::-ms-reveal`,`display: none;`),T(`+`,[r(`placeholder`,`
 display: flex;
 align-items: center; 
 `)])]),S(`textarea`,[r(`placeholder`,`white-space: nowrap;`)]),r(`eye`,`
 display: flex;
 align-items: center;
 justify-content: center;
 transition: color .3s var(--n-bezier);
 `),l(`textarea`,`width: 100%;`,[p(`input-word-count`,`
 position: absolute;
 right: var(--n-padding-right);
 bottom: var(--n-padding-vertical);
 `),l(`resizable`,[p(`input-wrapper`,`
 resize: vertical;
 min-height: var(--n-height);
 `)]),r(`textarea-el, textarea-mirror, placeholder`,`
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
 `),r(`textarea-mirror`,`
 width: 100%;
 pointer-events: none;
 overflow: hidden;
 visibility: hidden;
 position: static;
 white-space: pre-wrap;
 overflow-wrap: break-word;
 `)]),l(`pair`,[r(`input-el, placeholder`,`text-align: center;`),r(`separator`,`
 display: flex;
 align-items: center;
 transition: color .3s var(--n-bezier);
 color: var(--n-text-color);
 white-space: nowrap;
 `,[p(`icon`,`
 color: var(--n-icon-color);
 `),p(`base-icon`,`
 color: var(--n-icon-color);
 `)])]),l(`disabled`,`
 cursor: not-allowed;
 background-color: var(--n-color-disabled);
 `,[r(`border`,`border: var(--n-border-disabled);`),r(`input-el, textarea-el`,`
 cursor: not-allowed;
 color: var(--n-text-color-disabled);
 text-decoration-color: var(--n-text-color-disabled);
 `),r(`placeholder`,`color: var(--n-placeholder-color-disabled);`),r(`separator`,`color: var(--n-text-color-disabled);`,[p(`icon`,`
 color: var(--n-icon-color-disabled);
 `),p(`base-icon`,`
 color: var(--n-icon-color-disabled);
 `)]),p(`input-word-count`,`
 color: var(--n-count-text-color-disabled);
 `),r(`suffix, prefix`,`color: var(--n-text-color-disabled);`,[p(`icon`,`
 color: var(--n-icon-color-disabled);
 `),p(`internal-icon`,`
 color: var(--n-icon-color-disabled);
 `)])]),S(`disabled`,[r(`eye`,`
 color: var(--n-icon-color);
 cursor: pointer;
 `,[T(`&:hover`,`
 color: var(--n-icon-color-hover);
 `),T(`&:active`,`
 color: var(--n-icon-color-pressed);
 `)]),T(`&:hover`,`background-color: var(--n-color-hover);`,[r(`state-border`,`border: var(--n-border-hover);`)]),l(`focus`,`background-color: var(--n-color-focus);`,[r(`state-border`,`
 border: var(--n-border-focus);
 box-shadow: var(--n-box-shadow-focus);
 `)])]),r(`border, state-border`,`
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
 `),r(`state-border`,`
 border-color: #0000;
 z-index: 1;
 `),r(`prefix`,`margin-right: 4px;`),r(`suffix`,`
 margin-left: 4px;
 `),r(`suffix, prefix`,`
 transition: color .3s var(--n-bezier);
 flex-wrap: nowrap;
 flex-shrink: 0;
 line-height: var(--n-height);
 white-space: nowrap;
 display: inline-flex;
 align-items: center;
 justify-content: center;
 color: var(--n-suffix-text-color);
 `,[p(`base-loading`,`
 font-size: var(--n-icon-size);
 margin: 0 2px;
 color: var(--n-loading-color);
 `),p(`base-clear`,`
 font-size: var(--n-icon-size);
 `,[r(`placeholder`,[p(`base-icon`,`
 transition: color .3s var(--n-bezier);
 color: var(--n-icon-color);
 font-size: var(--n-icon-size);
 `)])]),T(`>`,[p(`icon`,`
 transition: color .3s var(--n-bezier);
 color: var(--n-icon-color);
 font-size: var(--n-icon-size);
 `)]),p(`base-icon`,`
 font-size: var(--n-icon-size);
 `)]),p(`input-word-count`,`
 pointer-events: none;
 line-height: 1.5;
 font-size: .85em;
 color: var(--n-count-text-color);
 transition: color .3s var(--n-bezier);
 margin-left: 4px;
 font-variant: tabular-nums;
 `),[`warning`,`error`].map(e=>l(`${e}-status`,[S(`disabled`,[p(`base-loading`,`
 color: var(--n-loading-color-${e})
 `),r(`input-el, textarea-el`,`
 caret-color: var(--n-caret-color-${e});
 `),r(`state-border`,`
 border: var(--n-border-${e});
 `),T(`&:hover`,[r(`state-border`,`
 border: var(--n-border-hover-${e});
 `)]),T(`&:focus`,`
 background-color: var(--n-color-focus-${e});
 `,[r(`state-border`,`
 box-shadow: var(--n-box-shadow-focus-${e});
 border: var(--n-border-focus-${e});
 `)]),l(`focus`,`
 background-color: var(--n-color-focus-${e});
 `,[r(`state-border`,`
 box-shadow: var(--n-box-shadow-focus-${e});
 border: var(--n-border-focus-${e});
 `)])])]))]),fe=p(`input`,[l(`disabled`,[r(`input-el, textarea-el`,`
 -webkit-text-fill-color: var(--n-text-color-disabled);
 `)])]);function U(e){let t=0;for(let n of e)t++;return t}function W(e){return e===``||e==null}function pe(e){let t=f(null);function n(){let{value:n}=e;if(!n?.focus){i();return}let{selectionStart:r,selectionEnd:a,value:o}=n;r==null||a==null?i():t.value={start:r,end:a,beforeText:o.slice(0,r),afterText:o.slice(a)}}function r(){let{value:n}=t,{value:r}=e;if(!n||!r)return;let{value:i}=r,{start:a,beforeText:o,afterText:s}=n,c=i.length;if(i.endsWith(s))c=i.length-s.length;else if(i.startsWith(o))c=o.length;else{let e=o[a-1],t=i.indexOf(e,a-1);t!==-1&&(c=t+1)}r.setSelectionRange?.(c,c)}function i(){t.value=null}return c(e,i),{recordCursor:n,restoreCursor:r}}var G=_({name:`InputWordCount`,setup(e,{slots:t}){let{mergedValueRef:n,maxlengthRef:r,mergedClsPrefixRef:i,countGraphemesRef:o}=v(H),s=g(()=>{let{value:e}=n;return e===null||Array.isArray(e)?0:(o.value||U)(e)});return()=>{let{value:e}=r,{value:o}=n;return E(),w(`span`,{class:D(`${i.value}-input-word-count`)},[a(()=>I(t.default,{value:o===null||Array.isArray(o)?``:o},()=>[e===void 0?s.value:`${s.value} / ${e}`]))],2)}}}),me=[`autofocus`,`rows`,`placeholder`,`value`,`disabled`,`maxlength`,`minlength`,`readonly`,`tabindex`,`onBlur`,`onFocus`,`onInput`,`onChange`,`onScroll`],he=[`type`,`tabindex`,`placeholder`,`disabled`,`maxlength`,`minlength`,`value`,`readonly`,`autofocus`,`size`,`onBlur`,`onFocus`,`onInput`,`onChange`],K=[`onMousedown`,`onClick`],ge=[`type`,`tabindex`,`placeholder`,`disabled`,`maxlength`,`minlength`,`value`,`readonly`,`onBlur`,`onFocus`,`onInput`,`onChange`],q=[`tabindex`,`onFocus`,`onBlur`,`onClick`,`onMousedown`,`onMouseenter`,`onMouseleave`,`onCompositionstart`,`onCompositionend`,`onKeyup`,`onKeydown`],J={...n.props,bordered:{type:Boolean,default:void 0},type:{type:String,default:`text`},placeholder:[Array,String],defaultValue:{type:[String,Array],default:null},value:[String,Array],disabled:{type:Boolean,default:void 0},size:String,rows:{type:[Number,String],default:3},round:Boolean,minlength:[String,Number],maxlength:[String,Number],clearable:Boolean,autosize:{type:[Boolean,Object],default:!1},pair:Boolean,separator:String,readonly:{type:[String,Boolean],default:!1},passivelyActivated:Boolean,showPasswordOn:String,stateful:{type:Boolean,default:!0},autofocus:Boolean,inputProps:Object,resizable:{type:Boolean,default:!0},showCount:Boolean,loading:{type:Boolean,default:void 0},allowInput:Function,renderCount:Function,onMousedown:Function,onKeydown:Function,onKeyup:[Function,Array],onInput:[Function,Array],onFocus:[Function,Array],onBlur:[Function,Array],onClick:[Function,Array],onChange:[Function,Array],onClear:[Function,Array],countGraphemes:Function,status:String,"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array],textDecoration:[String,Array],attrSize:{type:Number,default:20},onInputBlur:[Function,Array],onInputFocus:[Function,Array],onDeactivate:[Function,Array],onActivate:[Function,Array],onWrapperFocus:[Function,Array],onWrapperBlur:[Function,Array],internalDeactivateOnEnter:Boolean,internalForceFocus:Boolean,internalLoadingBeforeSuffix:{type:Boolean,default:!0},showPasswordToggle:Boolean},_e=_({name:`Input`,props:J,slots:Object,setup(e){let{mergedClsPrefixRef:r,mergedBorderedRef:i,inlineThemeDisabled:a,mergedRtlRef:l,mergedComponentPropsRef:u}=ie(e),d=n(`Input`,`-input`,de,le,e,r);oe&&ee(`-input-safari`,fe,r);let p=f(null),h=f(null),_=f(null),v=f(null),y=f(null),S=f(null),C=f(null),w=pe(C),T=f(null),{localeRef:E}=ce(`Input`),D=f(e.defaultValue),O=m(e,`value`),k=ue(O,D),P=se(e,{mergedSize:t=>{let{size:n}=e;if(n)return n;let{mergedSize:r}=t||{};return r?.value?r.value:u?.value?.Input?.size||`medium`}}),{mergedSizeRef:F,mergedDisabledRef:I,mergedStatusRef:L}=P,R=f(!1),z=f(!1),B=f(!1),V=f(!1),U=null,G=g(()=>{let{placeholder:t,pair:n}=e;return n?Array.isArray(t)?t:t===void 0?[``,``]:[t,t]:t===void 0?[E.value.placeholder]:[t]}),me=g(()=>{let{value:e}=B,{value:t}=k,{value:n}=G;return!e&&(W(t)||Array.isArray(t)&&W(t[0]))&&n[0]}),he=g(()=>{let{value:e}=B,{value:t}=k,{value:n}=G;return!e&&n[1]&&(W(t)||Array.isArray(t)&&W(t[1]))}),K=M(()=>e.internalForceFocus||R.value),ge=M(()=>{if(I.value||e.readonly||!e.clearable||!K.value&&!z.value)return!1;let{value:t}=k,{value:n}=K;return e.pair?!!(Array.isArray(t)&&(t[0]||t[1]))&&(z.value||n):!!t&&(z.value||n)}),q=g(()=>{let{showPasswordOn:t}=e;if(t)return t;if(e.showPasswordToggle)return`click`}),J=f(!1),_e=g(()=>{let{textDecoration:t}=e;return t?Array.isArray(t)?t.map(e=>({textDecoration:e})):[{textDecoration:t}]:[``,``]}),ve=f(void 0),ye=()=>{if(e.type===`textarea`){let{autosize:t}=e;if(t&&(ve.value=T.value?.$el?.offsetWidth),!h.value||typeof t==`boolean`)return;let{paddingTop:n,paddingBottom:r,lineHeight:i}=window.getComputedStyle(h.value),a=Number(n.slice(0,-2)),o=Number(r.slice(0,-2)),s=Number(i.slice(0,-2)),{value:c}=_;if(!c)return;if(t.minRows){let e=Math.max(t.minRows,1),n=`${a+o+s*e}px`;c.style.minHeight=n}if(t.maxRows){let e=`${a+o+s*t.maxRows}px`;c.style.maxHeight=e}}},be=g(()=>{let{maxlength:t}=e;return t===void 0?void 0:Number(t)});te(()=>{let{value:e}=k;Array.isArray(e)||rt(e)});let xe=re().proxy;function Y(t,n){let{onUpdateValue:r,"onUpdate:value":i,onInput:a}=e,{nTriggerFormInput:o}=P;r&&A(r,t,n),i&&A(i,t,n),a&&A(a,t,n),D.value=t,o()}function X(t,n){let{onChange:r}=e,{nTriggerFormChange:i}=P;r&&A(r,t,n),D.value=t,i()}function Se(t){let{onBlur:n}=e,{nTriggerFormBlur:r}=P;n&&A(n,t),r()}function Ce(t){let{onFocus:n}=e,{nTriggerFormFocus:r}=P;n&&A(n,t),r()}function we(t){let{onClear:n}=e;n&&A(n,t)}function Te(t){let{onInputBlur:n}=e;n&&A(n,t)}function Ee(t){let{onInputFocus:n}=e;n&&A(n,t)}function De(){let{onDeactivate:t}=e;t&&A(t)}function Oe(){let{onActivate:t}=e;t&&A(t)}function ke(t){let{onClick:n}=e;n&&A(n,t)}function Ae(t){let{onWrapperFocus:n}=e;n&&A(n,t)}function je(t){let{onWrapperBlur:n}=e;n&&A(n,t)}function Me(){B.value=!0}function Ne(e){B.value=!1,e.target===S.value?Z(e,1):Z(e,0)}function Z(t,n=0,r=`input`){let i=t.target.value;if(rt(i),t instanceof InputEvent&&!t.isComposing&&(B.value=!1),e.type===`textarea`){let{value:e}=T;e&&e.syncUnifiedContainer()}if(U=i,B.value)return;w.recordCursor();let a=Pe(i);if(a){if(!e.pair)r===`input`?Y(i,{source:n}):X(i,{source:n});else{let{value:e}=k;e=Array.isArray(e)?[e[0],e[1]]:[``,``],e[n]=i,r===`input`?Y(e,{source:n}):X(e,{source:n})}}xe.$forceUpdate(),a||b(w.restoreCursor)}function Pe(t){let{countGraphemes:n,maxlength:r,minlength:i}=e;if(n){let e;if(r!==void 0&&(e===void 0&&(e=n(t)),e>Number(r))||i!==void 0&&(e===void 0&&(e=n(t)),e<Number(r)))return!1}let{allowInput:a}=e;return typeof a!=`function`||a(t)}function Fe(e){Te(e),e.relatedTarget===p.value&&De(),(e.relatedTarget===null||e.relatedTarget!==y.value&&e.relatedTarget!==S.value&&e.relatedTarget!==h.value)&&(V.value=!1),Q(e,`blur`),C.value=null}function Ie(e,t){Ee(e),R.value=!0,V.value=!0,Oe(),Q(e,`focus`),t===0?C.value=y.value:t===1?C.value=S.value:t===2&&(C.value=h.value)}function Le(t){e.passivelyActivated&&(je(t),Q(t,`blur`))}function Re(t){e.passivelyActivated&&(R.value=!0,Ae(t),Q(t,`focus`))}function Q(e,t){e.relatedTarget!==null&&(e.relatedTarget===y.value||e.relatedTarget===S.value||e.relatedTarget===h.value||e.relatedTarget===p.value)||(t===`focus`?(Ce(e),R.value=!0):t===`blur`&&(Se(e),R.value=!1))}function ze(e,t){Z(e,t,`change`)}function Be(e){ke(e)}function Ve(e){we(e),He()}function He(){e.pair?(Y([``,``],{source:`clear`}),X([``,``],{source:`clear`})):(Y(``,{source:`clear`}),X(``,{source:`clear`}))}function Ue(t){let{onMousedown:n}=e;n&&n(t);let{tagName:r}=t.target;if(r!==`INPUT`&&r!==`TEXTAREA`){if(e.resizable){let{value:e}=p;if(e){let{left:n,top:r,width:i,height:a}=e.getBoundingClientRect();if(n+i-14<t.clientX&&t.clientX<n+i&&r+a-14<t.clientY&&t.clientY<r+a)return}}t.preventDefault(),R.value||Ze()}}function We(){z.value=!0,e.type===`textarea`&&T.value?.handleMouseEnterWrapper()}function Ge(){z.value=!1,e.type===`textarea`&&T.value?.handleMouseLeaveWrapper()}function Ke(){I.value||q.value===`click`&&(J.value=!J.value)}function qe(e){if(I.value)return;e.preventDefault();let t=e=>{e.preventDefault(),j(`mouseup`,document,t)};if(N(`mouseup`,document,t),q.value!==`mousedown`)return;J.value=!0;let n=()=>{J.value=!1,j(`mouseup`,document,n)};N(`mouseup`,document,n)}function Je(t){e.onKeyup&&A(e.onKeyup,t)}function Ye(t){switch(e.onKeydown&&A(e.onKeydown,t),t.key){case`Escape`:$();break;case`Enter`:Xe(t)}}function Xe(t){if(e.passivelyActivated){let{value:n}=V;if(n){e.internalDeactivateOnEnter&&$();return}t.preventDefault(),e.type===`textarea`?h.value?.focus():y.value?.focus()}}function $(){e.passivelyActivated&&(V.value=!1,b(()=>{p.value?.focus()}))}function Ze(){I.value||(e.passivelyActivated?p.value?.focus():(h.value?.focus(),y.value?.focus()))}function Qe(){p.value?.contains(document.activeElement)&&document.activeElement.blur()}function $e(){h.value?.select(),y.value?.select()}function et(){I.value||(h.value?h.value.focus():y.value&&y.value.focus())}function tt(){let{value:e}=p;e?.contains(document.activeElement)&&e!==document.activeElement&&$()}function nt(t){if(e.type===`textarea`){let{value:e}=h;e?.scrollTo(t)}else{let{value:e}=y;e?.scrollTo(t)}}function rt(t){let{type:n,pair:r,autosize:i}=e;if(!r&&i){if(n===`textarea`){let{value:e}=_;e&&(e.textContent=`${t??``}\r\n`)}else{let{value:e}=v;e&&(t?e.textContent=t:e.innerHTML=`&nbsp;`)}}}function it(){ye()}let at=f({top:`0`});function ot(e){let{scrollTop:t}=e.target;at.value.top=`${-t}px`,T.value?.syncUnifiedContainer()}let st=null;x(()=>{let{autosize:t,type:n}=e;t&&n===`textarea`?st=c(k,e=>{!Array.isArray(e)&&e!==U&&rt(e)}):st?.()});let ct=null;x(()=>{e.type===`textarea`?ct=c(k,e=>{!Array.isArray(e)&&e!==U&&T.value?.syncUnifiedContainer()}):ct?.()}),ne(H,{mergedValueRef:k,maxlengthRef:be,mergedClsPrefixRef:r,countGraphemesRef:m(e,`countGraphemes`)});let lt={wrapperElRef:p,inputElRef:y,textareaElRef:h,isCompositing:B,clear:He,focus:Ze,blur:Qe,select:$e,deactivate:tt,activate:et,scrollTo:nt},ut=ae(`Input`,l,r),dt=g(()=>{let{value:e}=F,{common:{cubicBezierEaseInOut:n},self:{color:r,colorHover:i,borderRadius:a,textColor:s,caretColor:c,caretColorError:l,caretColorWarning:u,textDecorationColor:f,border:p,borderDisabled:ee,borderHover:m,borderFocus:h,placeholderColor:g,placeholderColorDisabled:te,lineHeightTextarea:_,colorDisabled:ne,colorFocus:v,textColorDisabled:y,boxShadowFocus:b,iconSize:x,colorFocusWarning:S,boxShadowFocusWarning:re,borderWarning:ie,borderFocusWarning:C,borderHoverWarning:w,colorFocusError:T,boxShadowFocusError:E,borderError:D,borderFocusError:O,borderHoverError:ae,clearSize:k,clearColor:A,clearColorHover:j,clearColorPressed:M,iconColor:N,iconColorDisabled:P,suffixTextColor:oe,countTextColor:se,countTextColorDisabled:I,iconColorHover:L,iconColorPressed:R,loadingColor:ce,loadingColorError:z,loadingColorWarning:le,fontWeight:ue,[t(`padding`,e)]:B,[t(`fontSize`,e)]:V,[t(`height`,e)]:H}}=d.value,{left:de,right:fe}=o(B);return{"--n-bezier":n,"--n-count-text-color":se,"--n-count-text-color-disabled":I,"--n-color":r,"--n-color-hover":i,"--n-font-size":V,"--n-font-weight":ue,"--n-border-radius":a,"--n-height":H,"--n-padding-left":de,"--n-padding-right":fe,"--n-text-color":s,"--n-caret-color":c,"--n-text-decoration-color":f,"--n-border":p,"--n-border-disabled":ee,"--n-border-hover":m,"--n-border-focus":h,"--n-placeholder-color":g,"--n-placeholder-color-disabled":te,"--n-icon-size":x,"--n-line-height-textarea":_,"--n-color-disabled":ne,"--n-color-focus":v,"--n-text-color-disabled":y,"--n-box-shadow-focus":b,"--n-loading-color":ce,"--n-caret-color-warning":u,"--n-color-focus-warning":S,"--n-box-shadow-focus-warning":re,"--n-border-warning":ie,"--n-border-focus-warning":C,"--n-border-hover-warning":w,"--n-loading-color-warning":le,"--n-caret-color-error":l,"--n-color-focus-error":T,"--n-box-shadow-focus-error":E,"--n-border-error":D,"--n-border-focus-error":O,"--n-border-hover-error":ae,"--n-loading-color-error":z,"--n-clear-color":A,"--n-clear-size":k,"--n-clear-color-hover":j,"--n-clear-color-pressed":M,"--n-icon-color":N,"--n-icon-color-hover":L,"--n-icon-color-pressed":R,"--n-icon-color-disabled":P,"--n-suffix-text-color":oe}}),ft=a?s(`input`,g(()=>{let{value:e}=F;return e[0]}),dt,e):void 0;return{...lt,wrapperElRef:p,inputElRef:y,inputMirrorElRef:v,inputEl2Ref:S,textareaElRef:h,textareaMirrorElRef:_,textareaScrollbarInstRef:T,rtlEnabled:ut,uncontrolledValue:D,mergedValue:k,passwordVisible:J,mergedPlaceholder:G,showPlaceholder1:me,showPlaceholder2:he,mergedFocus:K,isComposing:B,activated:V,showClearButton:ge,mergedSize:F,mergedDisabled:I,textDecorationStyle:_e,mergedClsPrefix:r,mergedBordered:i,mergedShowPasswordOn:q,placeholderStyle:at,mergedStatus:L,textAreaScrollContainerWidth:ve,handleTextAreaScroll:ot,handleCompositionStart:Me,handleCompositionEnd:Ne,handleInput:Z,handleInputBlur:Fe,handleInputFocus:Ie,handleWrapperBlur:Le,handleWrapperFocus:Re,handleMouseEnter:We,handleMouseLeave:Ge,handleMouseDown:Ue,handleChange:ze,handleClick:Be,handleClear:Ve,handlePasswordToggleClick:Ke,handlePasswordToggleMousedown:qe,handleWrapperKeydown:Ye,handleWrapperKeyup:Je,handleTextAreaMirrorResize:it,getTextareaScrollContainer:()=>h.value,mergedTheme:d,cssVars:a?void 0:dt,themeClass:ft?.themeClass,onRender:ft?.onRender}},render(){let{mergedClsPrefix:t,mergedStatus:n,themeClass:r,type:o,countGraphemes:s,onRender:c}=this,l=this.$slots;return c?.(),E(),w(`div`,{ref:`wrapperElRef`,class:D([`${t}-input`,`${t}-input--${this.mergedSize}-size`,r,n&&`${t}-input--${n}-status`,{[`${t}-input--rtl`]:this.rtlEnabled,[`${t}-input--disabled`]:this.mergedDisabled,[`${t}-input--textarea`]:o===`textarea`,[`${t}-input--resizable`]:this.resizable&&!this.autosize,[`${t}-input--autosize`]:this.autosize,[`${t}-input--round`]:this.round&&o!==`textarea`,[`${t}-input--pair`]:this.pair,[`${t}-input--focus`]:this.mergedFocus,[`${t}-input--stateful`]:this.stateful}]),style:i(this.cssVars),tabindex:!this.mergedDisabled&&this.passivelyActivated&&!this.activated?0:void 0,onFocus:this.handleWrapperFocus,onBlur:this.handleWrapperBlur,onClick:this.handleClick,onMousedown:this.handleMouseDown,onMouseenter:this.handleMouseEnter,onMouseleave:this.handleMouseLeave,onCompositionstart:this.handleCompositionStart,onCompositionend:this.handleCompositionEnd,onKeyup:this.handleWrapperKeyup,onKeydown:this.handleWrapperKeydown},[u(`div`,{class:D(`${t}-input-wrapper`)},[a(()=>k(l.prefix,e=>e&&(E(),w(`div`,{class:D(`${t}-input__prefix`)},[a(()=>e)],2)))),o===`textarea`?(E(),e(F,{key:0,ref:`textareaScrollbarInstRef`,class:D(`${t}-input__textarea`),container:this.getTextareaScrollContainer,theme:this.theme?.peers?.Scrollbar,themeOverrides:this.themeOverrides?.peers?.Scrollbar,triggerDisplayManually:!0,useUnifiedContainer:!0,internalHoistYRail:!0},{default:()=>{let{textAreaScrollContainerWidth:n}=this,r={width:this.autosize&&n&&`${n}px`};return E(),w(C,null,[u(`textarea`,y(this.inputProps,{ref:`textareaElRef`,class:[`${t}-input__textarea-el`,this.inputProps?.class],autofocus:this.autofocus,rows:Number(this.rows),placeholder:this.placeholder,value:this.mergedValue,disabled:this.mergedDisabled,maxlength:s?void 0:this.maxlength,minlength:s?void 0:this.minlength,readonly:this.readonly,tabindex:this.passivelyActivated&&!this.activated?-1:void 0,style:[this.textDecorationStyle[0],this.inputProps?.style,r],onBlur:this.handleInputBlur,onFocus:e=>{this.handleInputFocus(e,2)},onInput:this.handleInput,onChange:this.handleChange,onScroll:this.handleTextAreaScroll}),null,16,me),this.showPlaceholder1?(E(),w(`div`,{class:D(`${t}-input__placeholder`),style:i([this.placeholderStyle,r]),key:`placeholder`},[a(()=>this.mergedPlaceholder[0])],6)):a(()=>null),this.autosize?(E(),e(L,{key:2,onResize:this.handleTextAreaMirrorResize},{default:()=>(E(),w(`div`,{ref:`textareaMirrorElRef`,class:D(`${t}-input__textarea-mirror`),key:`mirror`},null,2))},1032,[`onResize`])):a(()=>null)],64)}},1032,[`class`,`container`,`theme`,`themeOverrides`])):(E(),w(`div`,{key:1,class:D(`${t}-input__input`)},[u(`input`,y({type:o===`password`&&this.mergedShowPasswordOn&&this.passwordVisible?`text`:o},this.inputProps,{ref:`inputElRef`,class:[`${t}-input__input-el`,this.inputProps?.class],style:[this.textDecorationStyle[0],this.inputProps?.style],tabindex:this.passivelyActivated&&!this.activated?-1:this.inputProps?.tabindex,placeholder:this.mergedPlaceholder[0],disabled:this.mergedDisabled,maxlength:s?void 0:this.maxlength,minlength:s?void 0:this.minlength,value:Array.isArray(this.mergedValue)?this.mergedValue[0]:this.mergedValue,readonly:this.readonly,autofocus:this.autofocus,size:this.attrSize,onBlur:this.handleInputBlur,onFocus:e=>{this.handleInputFocus(e,0)},onInput:e=>{this.handleInput(e,0)},onChange:e=>{this.handleChange(e,0)}}),null,16,he),this.showPlaceholder1?(E(),w(`div`,{key:0,class:D(`${t}-input__placeholder`)},[u(`span`,null,[a(()=>this.mergedPlaceholder[0])])],2)):a(()=>null),this.autosize?(E(),w(`div`,{class:D(`${t}-input__input-mirror`),key:`mirror`,ref:`inputMirrorElRef`},`\xA0`,2)):a(()=>null)],2)),a(()=>!this.pair&&k(l.suffix,n=>n||this.clearable||this.showCount||this.mergedShowPasswordOn||this.loading!==void 0?(E(),w(`div`,{key:1,class:D(`${t}-input__suffix`)},[a(()=>[k(l[`clear-icon-placeholder`],n=>(this.clearable||n)&&(E(),e(R,{clsPrefix:t,show:this.showClearButton,onClear:this.handleClear},{placeholder:()=>n,icon:()=>this.$slots[`clear-icon`]?.()},1032,[`clsPrefix`,`show`,`onClear`]))),this.internalLoadingBeforeSuffix?null:n,this.loading===void 0?null:(E(),e(z,{key:2,clsPrefix:t,loading:this.loading,showArrow:!1,showClear:!1,style:i(this.cssVars)},null,8,[`clsPrefix`,`loading`,`style`])),this.internalLoadingBeforeSuffix?n:null,this.showCount&&this.type!==`textarea`?(E(),e(G,{key:3},{default:e=>{let{renderCount:t}=this;return t?t(e):l.count?.(e)}},1024)):null,this.mergedShowPasswordOn&&this.type===`password`?(E(),w(`div`,{key:4,class:D(`${t}-input__eye`),onMousedown:this.handlePasswordToggleMousedown,onClick:this.handlePasswordToggleClick},[this.passwordVisible?(E(),w(C,{key:0},[a(()=>O(l[`password-visible-icon`],()=>[(E(),e(P,{clsPrefix:t},{default:()=>(E(),e(B))},1032,[`clsPrefix`]))]))],64)):(E(),w(C,{key:1},[a(()=>O(l[`password-invisible-icon`],()=>[(E(),e(P,{clsPrefix:t},{default:()=>(E(),e(V))},1032,[`clsPrefix`]))]))],64))],42,K)):null])],2)):null))],2),this.pair?(E(),w(`span`,{key:0,class:D(`${t}-input__separator`)},[a(()=>O(l.separator,()=>[this.separator]))],2)):a(()=>null),this.pair?(E(),w(`div`,{key:2,class:D(`${t}-input-wrapper`)},[u(`div`,{class:D(`${t}-input__input`)},[u(`input`,{ref:`inputEl2Ref`,type:this.type,class:D(`${t}-input__input-el`),tabindex:this.passivelyActivated&&!this.activated?-1:void 0,placeholder:this.mergedPlaceholder[1],disabled:this.mergedDisabled,maxlength:s?void 0:this.maxlength,minlength:s?void 0:this.minlength,value:Array.isArray(this.mergedValue)?this.mergedValue[1]:void 0,readonly:this.readonly,style:i(this.textDecorationStyle[1]),onBlur:this.handleInputBlur,onFocus:e=>{this.handleInputFocus(e,1)},onInput:e=>{this.handleInput(e,1)},onChange:e=>{this.handleChange(e,1)}},null,46,ge),this.showPlaceholder2?(E(),w(`div`,{key:0,class:D(`${t}-input__placeholder`)},[u(`span`,null,[a(()=>this.mergedPlaceholder[1])])],2)):a(()=>null)],2),a(()=>k(l.suffix,n=>(this.clearable||n)&&(E(),w(`div`,{class:D(`${t}-input__suffix`)},[a(()=>[this.clearable&&(E(),e(R,{clsPrefix:t,show:this.showClearButton,onClear:this.handleClear},{icon:()=>l[`clear-icon`]?.(),placeholder:()=>l[`clear-icon-placeholder`]?.()},1032,[`clsPrefix`,`show`,`onClear`])),n])],2))))],2)):a(()=>null),this.mergedBordered?(E(),w(`div`,{key:4,class:D(`${t}-input__border`)},null,2)):a(()=>null),this.mergedBordered?(E(),w(`div`,{key:6,class:D(`${t}-input__state-border`)},null,2)):a(()=>null),this.showCount&&o===`textarea`?(E(),e(G,{key:8},{default:e=>{let{renderCount:t}=this;return t?t(e):l.count?.(e)}},1024)):a(()=>null)],46,q)}});export{_e as t};