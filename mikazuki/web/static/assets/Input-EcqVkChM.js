import{$t as e,A as t,Ct as n,Gt as r,I as i,Kt as a,L as o,M as s,N as c,Pn as l,Rn as u,S as ee,Sn as d,St as f,U as p,V as te,Vt as m,Yt as h,an as g,dn as ne,en as re,jn as _,mn as ie,nn as v,on as y,pn as b,qt as x,vt as S,wt as C,x as w,xn as T,xt as E,yt as D}from"./_plugin-vue_export-helper-nX_YewPX.js";import{A as ae,F as O,K as k,N as A,P as j,S as M,V as N,W as P,d as oe,et as F,m as se,q as I,y as L}from"./i18n-7fhTEx4s.js";import{n as R,r as ce,t as z}from"./Suffix-Bvczj5qY.js";import{et as le}from"./index-DhzwMCm2.js";import{t as ue}from"./use-merged-state-Cvl8sWHP.js";var B=e({name:`Eye`,render(){return(()=>{let e=s(`ae479a1970012861`);return e[0]||=a(`svg`,{xmlns:`http://www.w3.org/2000/svg`,viewBox:`0 0 512 512`},[a(`path`,{d:`M255.66 112c-77.94 0-157.89 45.11-220.83 135.33a16 16 0 0 0-.27 17.77C82.92 340.8 161.8 400 255.66 400c92.84 0 173.34-59.38 221.79-135.25a16.14 16.14 0 0 0 0-17.47C428.89 172.28 347.8 112 255.66 112z`,fill:`none`,stroke:`currentColor`,"stroke-linecap":`round`,"stroke-linejoin":`round`,"stroke-width":`32`}),a(`circle`,{cx:`256`,cy:`256`,r:`80`,fill:`none`,stroke:`currentColor`,"stroke-miterlimit":`10`,"stroke-width":`32`})],-1)})()}}),V=e({name:`EyeOff`,render(){return(()=>{let e=s(`2c06203b450ce879`);return e[0]||=a(`svg`,{xmlns:`http://www.w3.org/2000/svg`,viewBox:`0 0 512 512`},[a(`path`,{d:`M432 448a15.92 15.92 0 0 1-11.31-4.69l-352-352a16 16 0 0 1 22.62-22.62l352 352A16 16 0 0 1 432 448z`,fill:`currentColor`}),a(`path`,{d:`M255.66 384c-41.49 0-81.5-12.28-118.92-36.5c-34.07-22-64.74-53.51-88.7-91v-.08c19.94-28.57 41.78-52.73 65.24-72.21a2 2 0 0 0 .14-2.94L93.5 161.38a2 2 0 0 0-2.71-.12c-24.92 21-48.05 46.76-69.08 76.92a31.92 31.92 0 0 0-.64 35.54c26.41 41.33 60.4 76.14 98.28 100.65C162 402 207.9 416 255.66 416a239.13 239.13 0 0 0 75.8-12.58a2 2 0 0 0 .77-3.31l-21.58-21.58a4 4 0 0 0-3.83-1a204.8 204.8 0 0 1-51.16 6.47z`,fill:`currentColor`}),a(`path`,{d:`M490.84 238.6c-26.46-40.92-60.79-75.68-99.27-100.53C349 110.55 302 96 255.66 96a227.34 227.34 0 0 0-74.89 12.83a2 2 0 0 0-.75 3.31l21.55 21.55a4 4 0 0 0 3.88 1a192.82 192.82 0 0 1 50.21-6.69c40.69 0 80.58 12.43 118.55 37c34.71 22.4 65.74 53.88 89.76 91a.13.13 0 0 1 0 .16a310.72 310.72 0 0 1-64.12 72.73a2 2 0 0 0-.15 2.95l19.9 19.89a2 2 0 0 0 2.7.13a343.49 343.49 0 0 0 68.64-78.48a32.2 32.2 0 0 0-.1-34.78z`,fill:`currentColor`}),a(`path`,{d:`M256 160a95.88 95.88 0 0 0-21.37 2.4a2 2 0 0 0-1 3.38l112.59 112.56a2 2 0 0 0 3.38-1A96 96 0 0 0 256 160z`,fill:`currentColor`}),a(`path`,{d:`M165.78 233.66a2 2 0 0 0-3.38 1a96 96 0 0 0 115 115a2 2 0 0 0 1-3.38z`,fill:`currentColor`})],-1)})()}}),H=p(`n-input`),de=D(`input`,`
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
`,[E(`input, textarea`,`
 overflow: hidden;
 flex-grow: 1;
 position: relative;
 `),E(`input-el, textarea-el, input-mirror, textarea-mirror, separator, placeholder`,`
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
 `),E(`input-el, textarea-el`,`
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
 `),S(`&:-webkit-autofill ~`,[E(`placeholder`,`display: none;`)])]),f(`round`,[n(`textarea`,`border-radius: calc(var(--n-height) / 2);`)]),E(`placeholder`,`
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
 `)]),f(`textarea`,[E(`placeholder`,`overflow: visible;`)]),n(`autosize`,`width: 100%;`),f(`autosize`,[E(`textarea-el, input-el`,`
 position: absolute;
 top: 0;
 left: 0;
 height: 100%;
 `)]),D(`input-wrapper`,`
 overflow: hidden;
 display: inline-flex;
 flex-grow: 1;
 position: relative;
 padding-left: var(--n-padding-left);
 padding-right: var(--n-padding-right);
 `),E(`input-mirror`,`
 padding: 0;
 height: var(--n-height);
 line-height: var(--n-height);
 overflow: hidden;
 visibility: hidden;
 position: static;
 white-space: pre;
 pointer-events: none;
 `),E(`input-el`,`
 padding: 0;
 height: var(--n-height);
 line-height: var(--n-height);
 `,[S(`&[type=password]::-ms-reveal`,`display: none;`),S(`+`,[E(`placeholder`,`
 display: flex;
 align-items: center; 
 `)])]),n(`textarea`,[E(`placeholder`,`white-space: nowrap;`)]),E(`eye`,`
 display: flex;
 align-items: center;
 justify-content: center;
 transition: color .3s var(--n-bezier);
 `),f(`textarea`,`width: 100%;`,[D(`input-word-count`,`
 position: absolute;
 right: var(--n-padding-right);
 bottom: var(--n-padding-vertical);
 `),f(`resizable`,[D(`input-wrapper`,`
 resize: vertical;
 min-height: var(--n-height);
 `)]),E(`textarea-el, textarea-mirror, placeholder`,`
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
 `),E(`textarea-mirror`,`
 width: 100%;
 pointer-events: none;
 overflow: hidden;
 visibility: hidden;
 position: static;
 white-space: pre-wrap;
 overflow-wrap: break-word;
 `)]),f(`pair`,[E(`input-el, placeholder`,`text-align: center;`),E(`separator`,`
 display: flex;
 align-items: center;
 transition: color .3s var(--n-bezier);
 color: var(--n-text-color);
 white-space: nowrap;
 `,[D(`icon`,`
 color: var(--n-icon-color);
 `),D(`base-icon`,`
 color: var(--n-icon-color);
 `)])]),f(`disabled`,`
 cursor: not-allowed;
 background-color: var(--n-color-disabled);
 `,[E(`border`,`border: var(--n-border-disabled);`),E(`input-el, textarea-el`,`
 cursor: not-allowed;
 color: var(--n-text-color-disabled);
 text-decoration-color: var(--n-text-color-disabled);
 `),E(`placeholder`,`color: var(--n-placeholder-color-disabled);`),E(`separator`,`color: var(--n-text-color-disabled);`,[D(`icon`,`
 color: var(--n-icon-color-disabled);
 `),D(`base-icon`,`
 color: var(--n-icon-color-disabled);
 `)]),D(`input-word-count`,`
 color: var(--n-count-text-color-disabled);
 `),E(`suffix, prefix`,`color: var(--n-text-color-disabled);`,[D(`icon`,`
 color: var(--n-icon-color-disabled);
 `),D(`internal-icon`,`
 color: var(--n-icon-color-disabled);
 `)])]),n(`disabled`,[E(`eye`,`
 color: var(--n-icon-color);
 cursor: pointer;
 `,[S(`&:hover`,`
 color: var(--n-icon-color-hover);
 `),S(`&:active`,`
 color: var(--n-icon-color-pressed);
 `)]),S(`&:hover`,`background-color: var(--n-color-hover);`,[E(`state-border`,`border: var(--n-border-hover);`)]),f(`focus`,`background-color: var(--n-color-focus);`,[E(`state-border`,`
 border: var(--n-border-focus);
 box-shadow: var(--n-box-shadow-focus);
 `)])]),E(`border, state-border`,`
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
 `),E(`state-border`,`
 border-color: #0000;
 z-index: 1;
 `),E(`prefix`,`margin-right: 4px;`),E(`suffix`,`
 margin-left: 4px;
 `),E(`suffix, prefix`,`
 transition: color .3s var(--n-bezier);
 flex-wrap: nowrap;
 flex-shrink: 0;
 line-height: var(--n-height);
 white-space: nowrap;
 display: inline-flex;
 align-items: center;
 justify-content: center;
 color: var(--n-suffix-text-color);
 `,[D(`base-loading`,`
 font-size: var(--n-icon-size);
 margin: 0 2px;
 color: var(--n-loading-color);
 `),D(`base-clear`,`
 font-size: var(--n-icon-size);
 `,[E(`placeholder`,[D(`base-icon`,`
 transition: color .3s var(--n-bezier);
 color: var(--n-icon-color);
 font-size: var(--n-icon-size);
 `)])]),S(`>`,[D(`icon`,`
 transition: color .3s var(--n-bezier);
 color: var(--n-icon-color);
 font-size: var(--n-icon-size);
 `)]),D(`base-icon`,`
 font-size: var(--n-icon-size);
 `)]),D(`input-word-count`,`
 pointer-events: none;
 line-height: 1.5;
 font-size: .85em;
 color: var(--n-count-text-color);
 transition: color .3s var(--n-bezier);
 margin-left: 4px;
 font-variant: tabular-nums;
 `),[`warning`,`error`].map(e=>f(`${e}-status`,[n(`disabled`,[D(`base-loading`,`
 color: var(--n-loading-color-${e})
 `),E(`input-el, textarea-el`,`
 caret-color: var(--n-caret-color-${e});
 `),E(`state-border`,`
 border: var(--n-border-${e});
 `),S(`&:hover`,[E(`state-border`,`
 border: var(--n-border-hover-${e});
 `)]),S(`&:focus`,`
 background-color: var(--n-color-focus-${e});
 `,[E(`state-border`,`
 box-shadow: var(--n-box-shadow-focus-${e});
 border: var(--n-border-focus-${e});
 `)]),f(`focus`,`
 background-color: var(--n-color-focus-${e});
 `,[E(`state-border`,`
 box-shadow: var(--n-box-shadow-focus-${e});
 border: var(--n-border-focus-${e});
 `)])])]))]),fe=D(`input`,[f(`disabled`,[E(`input-el, textarea-el`,`
 -webkit-text-fill-color: var(--n-text-color-disabled);
 `)])]);function U(e){let t=0;for(let n of e)t++;return t}function W(e){return e===``||e==null}function pe(e){let t=_(null);function n(){let{value:n}=e;if(!n?.focus){i();return}let{selectionStart:r,selectionEnd:a,value:o}=n;r==null||a==null?i():t.value={start:r,end:a,beforeText:o.slice(0,r),afterText:o.slice(a)}}function r(){let{value:n}=t,{value:r}=e;if(!n||!r)return;let{value:i}=r,{start:a,beforeText:o,afterText:s}=n,c=i.length;if(i.endsWith(s))c=i.length-s.length;else if(i.startsWith(o))c=o.length;else{let e=o[a-1],t=i.indexOf(e,a-1);t!==-1&&(c=t+1)}r.setSelectionRange?.(c,c)}function i(){t.value=null}return T(e,i),{recordCursor:n,restoreCursor:r}}var G=e({name:`InputWordCount`,setup(e,{slots:t}){let{mergedValueRef:n,maxlengthRef:a,mergedClsPrefixRef:o,countGraphemesRef:s}=v(H),l=r(()=>{let{value:e}=n;return e===null||Array.isArray(e)?0:(s.value||U)(e)});return()=>{let{value:e}=a,{value:r}=n;return b(),h(`span`,{class:c(`${o.value}-input-word-count`)},[i(()=>j(t.default,{value:r===null||Array.isArray(r)?``:r},()=>[e===void 0?l.value:`${l.value} / ${e}`]))],2)}}}),me=[`autofocus`,`rows`,`placeholder`,`value`,`disabled`,`maxlength`,`minlength`,`readonly`,`tabindex`,`onBlur`,`onFocus`,`onInput`,`onChange`,`onScroll`],he=[`type`,`tabindex`,`placeholder`,`disabled`,`maxlength`,`minlength`,`value`,`readonly`,`autofocus`,`size`,`onBlur`,`onFocus`,`onInput`,`onChange`],K=[`onMousedown`,`onClick`],ge=[`type`,`tabindex`,`placeholder`,`disabled`,`maxlength`,`minlength`,`value`,`readonly`,`onBlur`,`onFocus`,`onInput`,`onChange`],q=[`tabindex`,`onFocus`,`onBlur`,`onClick`,`onMousedown`,`onMouseenter`,`onMouseleave`,`onCompositionstart`,`onCompositionend`,`onKeyup`,`onKeydown`],J={...w.props,bordered:{type:Boolean,default:void 0},type:{type:String,default:`text`},placeholder:[Array,String],defaultValue:{type:[String,Array],default:null},value:[String,Array],disabled:{type:Boolean,default:void 0},size:String,rows:{type:[Number,String],default:3},round:Boolean,minlength:[String,Number],maxlength:[String,Number],clearable:Boolean,autosize:{type:[Boolean,Object],default:!1},pair:Boolean,separator:String,readonly:{type:[String,Boolean],default:!1},passivelyActivated:Boolean,showPasswordOn:String,stateful:{type:Boolean,default:!0},autofocus:Boolean,inputProps:Object,resizable:{type:Boolean,default:!0},showCount:Boolean,loading:{type:Boolean,default:void 0},allowInput:Function,renderCount:Function,onMousedown:Function,onKeydown:Function,onKeyup:[Function,Array],onInput:[Function,Array],onFocus:[Function,Array],onBlur:[Function,Array],onClick:[Function,Array],onChange:[Function,Array],onClear:[Function,Array],countGraphemes:Function,status:String,"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array],textDecoration:[String,Array],attrSize:{type:Number,default:20},onInputBlur:[Function,Array],onInputFocus:[Function,Array],onDeactivate:[Function,Array],onActivate:[Function,Array],onWrapperFocus:[Function,Array],onWrapperBlur:[Function,Array],internalDeactivateOnEnter:Boolean,internalForceFocus:Boolean,internalLoadingBeforeSuffix:{type:Boolean,default:!0},showPasswordToggle:Boolean},_e=e({name:`Input`,props:J,slots:Object,setup(e){let{mergedClsPrefixRef:n,mergedBorderedRef:i,inlineThemeDisabled:a,mergedRtlRef:s,mergedComponentPropsRef:c}=te(e),u=w(`Input`,`-input`,de,le,e,n);oe&&o(`-input-safari`,fe,n);let f=_(null),p=_(null),m=_(null),h=_(null),g=_(null),v=_(null),b=_(null),x=pe(b),S=_(null),{localeRef:E}=ce(`Input`),D=_(e.defaultValue),O=l(e,`value`),A=ue(O,D),j=se(e,{mergedSize:t=>{let{size:n}=e;if(n)return n;let{mergedSize:r}=t||{};return r?.value?r.value:c?.value?.Input?.size||`medium`}}),{mergedSizeRef:M,mergedDisabledRef:F,mergedStatusRef:L}=j,R=_(!1),z=_(!1),B=_(!1),V=_(!1),U=null,G=r(()=>{let{placeholder:t,pair:n}=e;return n?Array.isArray(t)?t:t===void 0?[``,``]:[t,t]:t===void 0?[E.value.placeholder]:[t]}),me=r(()=>{let{value:e}=B,{value:t}=A,{value:n}=G;return!e&&(W(t)||Array.isArray(t)&&W(t[0]))&&n[0]}),he=r(()=>{let{value:e}=B,{value:t}=A,{value:n}=G;return!e&&n[1]&&(W(t)||Array.isArray(t)&&W(t[1]))}),K=P(()=>e.internalForceFocus||R.value),ge=P(()=>{if(F.value||e.readonly||!e.clearable||!K.value&&!z.value)return!1;let{value:t}=A,{value:n}=K;return e.pair?!!(Array.isArray(t)&&(t[0]||t[1]))&&(z.value||n):!!t&&(z.value||n)}),q=r(()=>{let{showPasswordOn:t}=e;if(t)return t;if(e.showPasswordToggle)return`click`}),J=_(!1),_e=r(()=>{let{textDecoration:t}=e;return t?Array.isArray(t)?t.map(e=>({textDecoration:e})):[{textDecoration:t}]:[``,``]}),ve=_(void 0),ye=()=>{if(e.type===`textarea`){let{autosize:t}=e;if(t&&(ve.value=S.value?.$el?.offsetWidth),!p.value||typeof t==`boolean`)return;let{paddingTop:n,paddingBottom:r,lineHeight:i}=window.getComputedStyle(p.value),a=Number(n.slice(0,-2)),o=Number(r.slice(0,-2)),s=Number(i.slice(0,-2)),{value:c}=m;if(!c)return;if(t.minRows){let e=Math.max(t.minRows,1),n=`${a+o+s*e}px`;c.style.minHeight=n}if(t.maxRows){let e=`${a+o+s*t.maxRows}px`;c.style.maxHeight=e}}},be=r(()=>{let{maxlength:t}=e;return t===void 0?void 0:Number(t)});ne(()=>{let{value:e}=A;Array.isArray(e)||rt(e)});let xe=re().proxy;function Y(t,n){let{onUpdateValue:r,"onUpdate:value":i,onInput:a}=e,{nTriggerFormInput:o}=j;r&&N(r,t,n),i&&N(i,t,n),a&&N(a,t,n),D.value=t,o()}function X(t,n){let{onChange:r}=e,{nTriggerFormChange:i}=j;r&&N(r,t,n),D.value=t,i()}function Se(t){let{onBlur:n}=e,{nTriggerFormBlur:r}=j;n&&N(n,t),r()}function Ce(t){let{onFocus:n}=e,{nTriggerFormFocus:r}=j;n&&N(n,t),r()}function we(t){let{onClear:n}=e;n&&N(n,t)}function Te(t){let{onInputBlur:n}=e;n&&N(n,t)}function Ee(t){let{onInputFocus:n}=e;n&&N(n,t)}function De(){let{onDeactivate:t}=e;t&&N(t)}function Oe(){let{onActivate:t}=e;t&&N(t)}function ke(t){let{onClick:n}=e;n&&N(n,t)}function Ae(t){let{onWrapperFocus:n}=e;n&&N(n,t)}function je(t){let{onWrapperBlur:n}=e;n&&N(n,t)}function Me(){B.value=!0}function Ne(e){B.value=!1,e.target===v.value?Z(e,1):Z(e,0)}function Z(t,n=0,r=`input`){let i=t.target.value;if(rt(i),t instanceof InputEvent&&!t.isComposing&&(B.value=!1),e.type===`textarea`){let{value:e}=S;e&&e.syncUnifiedContainer()}if(U=i,B.value)return;x.recordCursor();let a=Pe(i);if(a){if(!e.pair)r===`input`?Y(i,{source:n}):X(i,{source:n});else{let{value:e}=A;e=Array.isArray(e)?[e[0],e[1]]:[``,``],e[n]=i,r===`input`?Y(e,{source:n}):X(e,{source:n})}}xe.$forceUpdate(),a||y(x.restoreCursor)}function Pe(t){let{countGraphemes:n,maxlength:r,minlength:i}=e;if(n){let e;if(r!==void 0&&(e===void 0&&(e=n(t)),e>Number(r))||i!==void 0&&(e===void 0&&(e=n(t)),e<Number(r)))return!1}let{allowInput:a}=e;return typeof a!=`function`||a(t)}function Fe(e){Te(e),e.relatedTarget===f.value&&De(),(e.relatedTarget===null||e.relatedTarget!==g.value&&e.relatedTarget!==v.value&&e.relatedTarget!==p.value)&&(V.value=!1),Q(e,`blur`),b.value=null}function Ie(e,t){Ee(e),R.value=!0,V.value=!0,Oe(),Q(e,`focus`),t===0?b.value=g.value:t===1?b.value=v.value:t===2&&(b.value=p.value)}function Le(t){e.passivelyActivated&&(je(t),Q(t,`blur`))}function Re(t){e.passivelyActivated&&(R.value=!0,Ae(t),Q(t,`focus`))}function Q(e,t){e.relatedTarget!==null&&(e.relatedTarget===g.value||e.relatedTarget===v.value||e.relatedTarget===p.value||e.relatedTarget===f.value)||(t===`focus`?(Ce(e),R.value=!0):t===`blur`&&(Se(e),R.value=!1))}function ze(e,t){Z(e,t,`change`)}function Be(e){ke(e)}function Ve(e){we(e),He()}function He(){e.pair?(Y([``,``],{source:`clear`}),X([``,``],{source:`clear`})):(Y(``,{source:`clear`}),X(``,{source:`clear`}))}function Ue(t){let{onMousedown:n}=e;n&&n(t);let{tagName:r}=t.target;if(r!==`INPUT`&&r!==`TEXTAREA`){if(e.resizable){let{value:e}=f;if(e){let{left:n,top:r,width:i,height:a}=e.getBoundingClientRect();if(n+i-14<t.clientX&&t.clientX<n+i&&r+a-14<t.clientY&&t.clientY<r+a)return}}t.preventDefault(),R.value||Ze()}}function We(){z.value=!0,e.type===`textarea`&&S.value?.handleMouseEnterWrapper()}function Ge(){z.value=!1,e.type===`textarea`&&S.value?.handleMouseLeaveWrapper()}function Ke(){F.value||q.value===`click`&&(J.value=!J.value)}function qe(e){if(F.value)return;e.preventDefault();let t=e=>{e.preventDefault(),k(`mouseup`,document,t)};if(I(`mouseup`,document,t),q.value!==`mousedown`)return;J.value=!0;let n=()=>{J.value=!1,k(`mouseup`,document,n)};I(`mouseup`,document,n)}function Je(t){e.onKeyup&&N(e.onKeyup,t)}function Ye(t){switch(e.onKeydown&&N(e.onKeydown,t),t.key){case`Escape`:$();break;case`Enter`:Xe(t)}}function Xe(t){if(e.passivelyActivated){let{value:n}=V;if(n){e.internalDeactivateOnEnter&&$();return}t.preventDefault(),e.type===`textarea`?p.value?.focus():g.value?.focus()}}function $(){e.passivelyActivated&&(V.value=!1,y(()=>{f.value?.focus()}))}function Ze(){F.value||(e.passivelyActivated?f.value?.focus():(p.value?.focus(),g.value?.focus()))}function Qe(){f.value?.contains(document.activeElement)&&document.activeElement.blur()}function $e(){p.value?.select(),g.value?.select()}function et(){F.value||(p.value?p.value.focus():g.value&&g.value.focus())}function tt(){let{value:e}=f;e?.contains(document.activeElement)&&e!==document.activeElement&&$()}function nt(t){if(e.type===`textarea`){let{value:e}=p;e?.scrollTo(t)}else{let{value:e}=g;e?.scrollTo(t)}}function rt(t){let{type:n,pair:r,autosize:i}=e;if(!r&&i){if(n===`textarea`){let{value:e}=m;e&&(e.textContent=`${t??``}\r\n`)}else{let{value:e}=h;e&&(t?e.textContent=t:e.innerHTML=`&nbsp;`)}}}function it(){ye()}let at=_({top:`0`});function ot(e){let{scrollTop:t}=e.target;at.value.top=`${-t}px`,S.value?.syncUnifiedContainer()}let st=null;d(()=>{let{autosize:t,type:n}=e;t&&n===`textarea`?st=T(A,e=>{!Array.isArray(e)&&e!==U&&rt(e)}):st?.()});let ct=null;d(()=>{e.type===`textarea`?ct=T(A,e=>{!Array.isArray(e)&&e!==U&&S.value?.syncUnifiedContainer()}):ct?.()}),ie(H,{mergedValueRef:A,maxlengthRef:be,mergedClsPrefixRef:n,countGraphemesRef:l(e,`countGraphemes`)});let lt={wrapperElRef:f,inputElRef:g,textareaElRef:p,isCompositing:B,clear:He,focus:Ze,blur:Qe,select:$e,deactivate:tt,activate:et,scrollTo:nt},ut=ae(`Input`,s,n),dt=r(()=>{let{value:e}=M,{common:{cubicBezierEaseInOut:n},self:{color:r,colorHover:i,borderRadius:a,textColor:o,caretColor:s,caretColorError:c,caretColorWarning:l,textDecorationColor:ee,border:d,borderDisabled:f,borderHover:p,borderFocus:te,placeholderColor:m,placeholderColorDisabled:h,lineHeightTextarea:g,colorDisabled:ne,colorFocus:re,textColorDisabled:_,boxShadowFocus:ie,iconSize:v,colorFocusWarning:y,boxShadowFocusWarning:b,borderWarning:x,borderFocusWarning:S,borderHoverWarning:w,colorFocusError:T,boxShadowFocusError:E,borderError:D,borderFocusError:ae,borderHoverError:O,clearSize:k,clearColor:A,clearColorHover:j,clearColorPressed:N,iconColor:P,iconColorDisabled:oe,suffixTextColor:F,countTextColor:se,countTextColorDisabled:I,iconColorHover:L,iconColorPressed:R,loadingColor:ce,loadingColorError:z,loadingColorWarning:le,fontWeight:ue,[C(`padding`,e)]:B,[C(`fontSize`,e)]:V,[C(`height`,e)]:H}}=u.value,{left:de,right:fe}=t(B);return{"--n-bezier":n,"--n-count-text-color":se,"--n-count-text-color-disabled":I,"--n-color":r,"--n-color-hover":i,"--n-font-size":V,"--n-font-weight":ue,"--n-border-radius":a,"--n-height":H,"--n-padding-left":de,"--n-padding-right":fe,"--n-text-color":o,"--n-caret-color":s,"--n-text-decoration-color":ee,"--n-border":d,"--n-border-disabled":f,"--n-border-hover":p,"--n-border-focus":te,"--n-placeholder-color":m,"--n-placeholder-color-disabled":h,"--n-icon-size":v,"--n-line-height-textarea":g,"--n-color-disabled":ne,"--n-color-focus":re,"--n-text-color-disabled":_,"--n-box-shadow-focus":ie,"--n-loading-color":ce,"--n-caret-color-warning":l,"--n-color-focus-warning":y,"--n-box-shadow-focus-warning":b,"--n-border-warning":x,"--n-border-focus-warning":S,"--n-border-hover-warning":w,"--n-loading-color-warning":le,"--n-caret-color-error":c,"--n-color-focus-error":T,"--n-box-shadow-focus-error":E,"--n-border-error":D,"--n-border-focus-error":ae,"--n-border-hover-error":O,"--n-loading-color-error":z,"--n-clear-color":A,"--n-clear-size":k,"--n-clear-color-hover":j,"--n-clear-color-pressed":N,"--n-icon-color":P,"--n-icon-color-hover":L,"--n-icon-color-pressed":R,"--n-icon-color-disabled":oe,"--n-suffix-text-color":F}}),ft=a?ee(`input`,r(()=>{let{value:e}=M;return e[0]}),dt,e):void 0;return{...lt,wrapperElRef:f,inputElRef:g,inputMirrorElRef:h,inputEl2Ref:v,textareaElRef:p,textareaMirrorElRef:m,textareaScrollbarInstRef:S,rtlEnabled:ut,uncontrolledValue:D,mergedValue:A,passwordVisible:J,mergedPlaceholder:G,showPlaceholder1:me,showPlaceholder2:he,mergedFocus:K,isComposing:B,activated:V,showClearButton:ge,mergedSize:M,mergedDisabled:F,textDecorationStyle:_e,mergedClsPrefix:n,mergedBordered:i,mergedShowPasswordOn:q,placeholderStyle:at,mergedStatus:L,textAreaScrollContainerWidth:ve,handleTextAreaScroll:ot,handleCompositionStart:Me,handleCompositionEnd:Ne,handleInput:Z,handleInputBlur:Fe,handleInputFocus:Ie,handleWrapperBlur:Le,handleWrapperFocus:Re,handleMouseEnter:We,handleMouseLeave:Ge,handleMouseDown:Ue,handleChange:ze,handleClick:Be,handleClear:Ve,handlePasswordToggleClick:Ke,handlePasswordToggleMousedown:qe,handleWrapperKeydown:Ye,handleWrapperKeyup:Je,handleTextAreaMirrorResize:it,getTextareaScrollContainer:()=>p.value,mergedTheme:u,cssVars:a?void 0:dt,themeClass:ft?.themeClass,onRender:ft?.onRender}},render(){let{mergedClsPrefix:e,mergedStatus:t,themeClass:n,type:r,countGraphemes:o,onRender:s}=this,l=this.$slots;return s?.(),b(),h(`div`,{ref:`wrapperElRef`,class:c([`${e}-input`,`${e}-input--${this.mergedSize}-size`,n,t&&`${e}-input--${t}-status`,{[`${e}-input--rtl`]:this.rtlEnabled,[`${e}-input--disabled`]:this.mergedDisabled,[`${e}-input--textarea`]:r===`textarea`,[`${e}-input--resizable`]:this.resizable&&!this.autosize,[`${e}-input--autosize`]:this.autosize,[`${e}-input--round`]:this.round&&r!==`textarea`,[`${e}-input--pair`]:this.pair,[`${e}-input--focus`]:this.mergedFocus,[`${e}-input--stateful`]:this.stateful}]),style:u(this.cssVars),tabindex:!this.mergedDisabled&&this.passivelyActivated&&!this.activated?0:void 0,onFocus:this.handleWrapperFocus,onBlur:this.handleWrapperBlur,onClick:this.handleClick,onMousedown:this.handleMouseDown,onMouseenter:this.handleMouseEnter,onMouseleave:this.handleMouseLeave,onCompositionstart:this.handleCompositionStart,onCompositionend:this.handleCompositionEnd,onKeyup:this.handleWrapperKeyup,onKeydown:this.handleWrapperKeydown},[a(`div`,{class:c(`${e}-input-wrapper`)},[i(()=>O(l.prefix,t=>t&&(b(),h(`div`,{class:c(`${e}-input__prefix`)},[i(()=>t)],2)))),r===`textarea`?(b(),x(L,{key:0,ref:`textareaScrollbarInstRef`,class:c(`${e}-input__textarea`),container:this.getTextareaScrollContainer,theme:this.theme?.peers?.Scrollbar,themeOverrides:this.themeOverrides?.peers?.Scrollbar,triggerDisplayManually:!0,useUnifiedContainer:!0,internalHoistYRail:!0},{default:()=>{let{textAreaScrollContainerWidth:t}=this,n={width:this.autosize&&t&&`${t}px`};return b(),h(m,null,[a(`textarea`,g(this.inputProps,{ref:`textareaElRef`,class:[`${e}-input__textarea-el`,this.inputProps?.class],autofocus:this.autofocus,rows:Number(this.rows),placeholder:this.placeholder,value:this.mergedValue,disabled:this.mergedDisabled,maxlength:o?void 0:this.maxlength,minlength:o?void 0:this.minlength,readonly:this.readonly,tabindex:this.passivelyActivated&&!this.activated?-1:void 0,style:[this.textDecorationStyle[0],this.inputProps?.style,n],onBlur:this.handleInputBlur,onFocus:e=>{this.handleInputFocus(e,2)},onInput:this.handleInput,onChange:this.handleChange,onScroll:this.handleTextAreaScroll}),null,16,me),this.showPlaceholder1?(b(),h(`div`,{class:c(`${e}-input__placeholder`),style:u([this.placeholderStyle,n]),key:`placeholder`},[i(()=>this.mergedPlaceholder[0])],6)):i(()=>null),this.autosize?(b(),x(M,{key:2,onResize:this.handleTextAreaMirrorResize},{default:()=>(b(),h(`div`,{ref:`textareaMirrorElRef`,class:c(`${e}-input__textarea-mirror`),key:`mirror`},null,2))},1032,[`onResize`])):i(()=>null)],64)}},1032,[`class`,`container`,`theme`,`themeOverrides`])):(b(),h(`div`,{key:1,class:c(`${e}-input__input`)},[a(`input`,g({type:r===`password`&&this.mergedShowPasswordOn&&this.passwordVisible?`text`:r},this.inputProps,{ref:`inputElRef`,class:[`${e}-input__input-el`,this.inputProps?.class],style:[this.textDecorationStyle[0],this.inputProps?.style],tabindex:this.passivelyActivated&&!this.activated?-1:this.inputProps?.tabindex,placeholder:this.mergedPlaceholder[0],disabled:this.mergedDisabled,maxlength:o?void 0:this.maxlength,minlength:o?void 0:this.minlength,value:Array.isArray(this.mergedValue)?this.mergedValue[0]:this.mergedValue,readonly:this.readonly,autofocus:this.autofocus,size:this.attrSize,onBlur:this.handleInputBlur,onFocus:e=>{this.handleInputFocus(e,0)},onInput:e=>{this.handleInput(e,0)},onChange:e=>{this.handleChange(e,0)}}),null,16,he),this.showPlaceholder1?(b(),h(`div`,{key:0,class:c(`${e}-input__placeholder`)},[a(`span`,null,[i(()=>this.mergedPlaceholder[0])])],2)):i(()=>null),this.autosize?(b(),h(`div`,{class:c(`${e}-input__input-mirror`),key:`mirror`,ref:`inputMirrorElRef`},`\xA0`,2)):i(()=>null)],2)),i(()=>!this.pair&&O(l.suffix,t=>t||this.clearable||this.showCount||this.mergedShowPasswordOn||this.loading!==void 0?(b(),h(`div`,{key:1,class:c(`${e}-input__suffix`)},[i(()=>[O(l[`clear-icon-placeholder`],t=>(this.clearable||t)&&(b(),x(R,{clsPrefix:e,show:this.showClearButton,onClear:this.handleClear},{placeholder:()=>t,icon:()=>this.$slots[`clear-icon`]?.()},1032,[`clsPrefix`,`show`,`onClear`]))),this.internalLoadingBeforeSuffix?null:t,this.loading===void 0?null:(b(),x(z,{key:2,clsPrefix:e,loading:this.loading,showArrow:!1,showClear:!1,style:u(this.cssVars)},null,8,[`clsPrefix`,`loading`,`style`])),this.internalLoadingBeforeSuffix?t:null,this.showCount&&this.type!==`textarea`?(b(),x(G,{key:3},{default:e=>{let{renderCount:t}=this;return t?t(e):l.count?.(e)}},1024)):null,this.mergedShowPasswordOn&&this.type===`password`?(b(),h(`div`,{key:4,class:c(`${e}-input__eye`),onMousedown:this.handlePasswordToggleMousedown,onClick:this.handlePasswordToggleClick},[this.passwordVisible?(b(),h(m,{key:0},[i(()=>A(l[`password-visible-icon`],()=>[(b(),x(F,{clsPrefix:e},{default:()=>(b(),x(B))},1032,[`clsPrefix`]))]))],64)):(b(),h(m,{key:1},[i(()=>A(l[`password-invisible-icon`],()=>[(b(),x(F,{clsPrefix:e},{default:()=>(b(),x(V))},1032,[`clsPrefix`]))]))],64))],42,K)):null])],2)):null))],2),this.pair?(b(),h(`span`,{key:0,class:c(`${e}-input__separator`)},[i(()=>A(l.separator,()=>[this.separator]))],2)):i(()=>null),this.pair?(b(),h(`div`,{key:2,class:c(`${e}-input-wrapper`)},[a(`div`,{class:c(`${e}-input__input`)},[a(`input`,{ref:`inputEl2Ref`,type:this.type,class:c(`${e}-input__input-el`),tabindex:this.passivelyActivated&&!this.activated?-1:void 0,placeholder:this.mergedPlaceholder[1],disabled:this.mergedDisabled,maxlength:o?void 0:this.maxlength,minlength:o?void 0:this.minlength,value:Array.isArray(this.mergedValue)?this.mergedValue[1]:void 0,readonly:this.readonly,style:u(this.textDecorationStyle[1]),onBlur:this.handleInputBlur,onFocus:e=>{this.handleInputFocus(e,1)},onInput:e=>{this.handleInput(e,1)},onChange:e=>{this.handleChange(e,1)}},null,46,ge),this.showPlaceholder2?(b(),h(`div`,{key:0,class:c(`${e}-input__placeholder`)},[a(`span`,null,[i(()=>this.mergedPlaceholder[1])])],2)):i(()=>null)],2),i(()=>O(l.suffix,t=>(this.clearable||t)&&(b(),h(`div`,{class:c(`${e}-input__suffix`)},[i(()=>[this.clearable&&(b(),x(R,{clsPrefix:e,show:this.showClearButton,onClear:this.handleClear},{icon:()=>l[`clear-icon`]?.(),placeholder:()=>l[`clear-icon-placeholder`]?.()},1032,[`clsPrefix`,`show`,`onClear`])),t])],2))))],2)):i(()=>null),this.mergedBordered?(b(),h(`div`,{key:4,class:c(`${e}-input__border`)},null,2)):i(()=>null),this.mergedBordered?(b(),h(`div`,{key:6,class:c(`${e}-input__state-border`)},null,2)):i(()=>null),this.showCount&&r===`textarea`?(b(),x(G,{key:8},{default:e=>{let{renderCount:t}=this;return t?t(e):l.count?.(e)}},1024)):i(()=>null)],46,q)}});export{_e as t};