import{$ as e,Ar as t,B as n,Br as r,Cr as i,Ct as a,Fn as o,Gt as s,Ht as c,In as l,L as u,Ln as d,Lt as f,M as ee,Mn as p,Pn as m,Pt as te,Q as h,Qn as g,Rt as _,Sr as v,St as y,T as ne,Ur as b,Vt as x,Y as re,br as ie,bt as S,et as C,fr as w,ft as ae,hr as T,ir as E,jn as D,jr as O,lr as k,mr as A,nr as j,or as M,ot as N,pt as P,qr as F,qt as I,rr as L,ur as oe,ut as R}from"./_plugin-vue_export-helper-B-WZ0uXV.js";import{a as se,i as ce,n as z,t as B}from"./Suffix-BI57B1ez.js";import{K as le}from"./index-BjIIC0LP.js";var V=k({name:`Eye`,render(){return(()=>{let e=f(`ae479a1970012861`);return e[0]||=L(`svg`,{xmlns:`http://www.w3.org/2000/svg`,viewBox:`0 0 512 512`},[L(`path`,{d:`M255.66 112c-77.94 0-157.89 45.11-220.83 135.33a16 16 0 0 0-.27 17.77C82.92 340.8 161.8 400 255.66 400c92.84 0 173.34-59.38 221.79-135.25a16.14 16.14 0 0 0 0-17.47C428.89 172.28 347.8 112 255.66 112z`,fill:`none`,stroke:`currentColor`,"stroke-linecap":`round`,"stroke-linejoin":`round`,"stroke-width":`32`}),L(`circle`,{cx:`256`,cy:`256`,r:`80`,fill:`none`,stroke:`currentColor`,"stroke-miterlimit":`10`,"stroke-width":`32`})],-1)})()}}),H=k({name:`EyeOff`,render(){return(()=>{let e=f(`2c06203b450ce879`);return e[0]||=L(`svg`,{xmlns:`http://www.w3.org/2000/svg`,viewBox:`0 0 512 512`},[L(`path`,{d:`M432 448a15.92 15.92 0 0 1-11.31-4.69l-352-352a16 16 0 0 1 22.62-22.62l352 352A16 16 0 0 1 432 448z`,fill:`currentColor`}),L(`path`,{d:`M255.66 384c-41.49 0-81.5-12.28-118.92-36.5c-34.07-22-64.74-53.51-88.7-91v-.08c19.94-28.57 41.78-52.73 65.24-72.21a2 2 0 0 0 .14-2.94L93.5 161.38a2 2 0 0 0-2.71-.12c-24.92 21-48.05 46.76-69.08 76.92a31.92 31.92 0 0 0-.64 35.54c26.41 41.33 60.4 76.14 98.28 100.65C162 402 207.9 416 255.66 416a239.13 239.13 0 0 0 75.8-12.58a2 2 0 0 0 .77-3.31l-21.58-21.58a4 4 0 0 0-3.83-1a204.8 204.8 0 0 1-51.16 6.47z`,fill:`currentColor`}),L(`path`,{d:`M490.84 238.6c-26.46-40.92-60.79-75.68-99.27-100.53C349 110.55 302 96 255.66 96a227.34 227.34 0 0 0-74.89 12.83a2 2 0 0 0-.75 3.31l21.55 21.55a4 4 0 0 0 3.88 1a192.82 192.82 0 0 1 50.21-6.69c40.69 0 80.58 12.43 118.55 37c34.71 22.4 65.74 53.88 89.76 91a.13.13 0 0 1 0 .16a310.72 310.72 0 0 1-64.12 72.73a2 2 0 0 0-.15 2.95l19.9 19.89a2 2 0 0 0 2.7.13a343.49 343.49 0 0 0 68.64-78.48a32.2 32.2 0 0 0-.1-34.78z`,fill:`currentColor`}),L(`path`,{d:`M256 160a95.88 95.88 0 0 0-21.37 2.4a2 2 0 0 0-1 3.38l112.59 112.56a2 2 0 0 0 3.38-1A96 96 0 0 0 256 160z`,fill:`currentColor`}),L(`path`,{d:`M165.78 233.66a2 2 0 0 0-3.38 1a96 96 0 0 0 115 115a2 2 0 0 0 1-3.38z`,fill:`currentColor`})],-1)})()}}),U=I(`n-input`),ue=p(`input`,`
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
`,[m(`input, textarea`,`
 overflow: hidden;
 flex-grow: 1;
 position: relative;
 `),m(`input-el, textarea-el, input-mirror, textarea-mirror, separator, placeholder`,`
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
 `),m(`input-el, textarea-el`,`
 -webkit-appearance: none;
 scrollbar-width: none;
 width: 100%;
 min-width: 0;
 text-decoration-color: var(--n-text-decoration-color);
 color: var(--n-text-color);
 caret-color: var(--n-caret-color);
 background-color: transparent;
 `,[D(`&::-webkit-scrollbar, &::-webkit-scrollbar-track-piece, &::-webkit-scrollbar-thumb`,`
 width: 0;
 height: 0;
 display: none;
 `),D(`&::placeholder`,`
 color: #0000;
 -webkit-text-fill-color: transparent !important;
 `),D(`&:-webkit-autofill ~`,[m(`placeholder`,`display: none;`)])]),o(`round`,[l(`textarea`,`border-radius: calc(var(--n-height) / 2);`)]),m(`placeholder`,`
 pointer-events: none;
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 overflow: hidden;
 color: var(--n-placeholder-color);
 `,[D(`span`,`
 width: 100%;
 display: inline-block;
 `)]),o(`textarea`,[m(`placeholder`,`overflow: visible;`)]),l(`autosize`,`width: 100%;`),o(`autosize`,[m(`textarea-el, input-el`,`
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
 `),m(`input-mirror`,`
 padding: 0;
 height: var(--n-height);
 line-height: var(--n-height);
 overflow: hidden;
 visibility: hidden;
 position: static;
 white-space: pre;
 pointer-events: none;
 `),m(`input-el`,`
 padding: 0;
 height: var(--n-height);
 line-height: var(--n-height);
 `,[D(`&[type=password]::-ms-reveal`,`display: none;`),D(`+`,[m(`placeholder`,`
 display: flex;
 align-items: center; 
 `)])]),l(`textarea`,[m(`placeholder`,`white-space: nowrap;`)]),m(`eye`,`
 display: flex;
 align-items: center;
 justify-content: center;
 transition: color .3s var(--n-bezier);
 `),o(`textarea`,`width: 100%;`,[p(`input-word-count`,`
 position: absolute;
 right: var(--n-padding-right);
 bottom: var(--n-padding-vertical);
 `),o(`resizable`,[p(`input-wrapper`,`
 resize: vertical;
 min-height: var(--n-height);
 `)]),m(`textarea-el, textarea-mirror, placeholder`,`
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
 `),m(`textarea-mirror`,`
 width: 100%;
 pointer-events: none;
 overflow: hidden;
 visibility: hidden;
 position: static;
 white-space: pre-wrap;
 overflow-wrap: break-word;
 `)]),o(`pair`,[m(`input-el, placeholder`,`text-align: center;`),m(`separator`,`
 display: flex;
 align-items: center;
 transition: color .3s var(--n-bezier);
 color: var(--n-text-color);
 white-space: nowrap;
 `,[p(`icon`,`
 color: var(--n-icon-color);
 `),p(`base-icon`,`
 color: var(--n-icon-color);
 `)])]),o(`disabled`,`
 cursor: not-allowed;
 background-color: var(--n-color-disabled);
 `,[m(`border`,`border: var(--n-border-disabled);`),m(`input-el, textarea-el`,`
 cursor: not-allowed;
 color: var(--n-text-color-disabled);
 text-decoration-color: var(--n-text-color-disabled);
 `),m(`placeholder`,`color: var(--n-placeholder-color-disabled);`),m(`separator`,`color: var(--n-text-color-disabled);`,[p(`icon`,`
 color: var(--n-icon-color-disabled);
 `),p(`base-icon`,`
 color: var(--n-icon-color-disabled);
 `)]),p(`input-word-count`,`
 color: var(--n-count-text-color-disabled);
 `),m(`suffix, prefix`,`color: var(--n-text-color-disabled);`,[p(`icon`,`
 color: var(--n-icon-color-disabled);
 `),p(`internal-icon`,`
 color: var(--n-icon-color-disabled);
 `)])]),l(`disabled`,[m(`eye`,`
 color: var(--n-icon-color);
 cursor: pointer;
 `,[D(`&:hover`,`
 color: var(--n-icon-color-hover);
 `),D(`&:active`,`
 color: var(--n-icon-color-pressed);
 `)]),D(`&:hover`,`background-color: var(--n-color-hover);`,[m(`state-border`,`border: var(--n-border-hover);`)]),o(`focus`,`background-color: var(--n-color-focus);`,[m(`state-border`,`
 border: var(--n-border-focus);
 box-shadow: var(--n-box-shadow-focus);
 `)])]),m(`border, state-border`,`
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
 `),m(`state-border`,`
 border-color: #0000;
 z-index: 1;
 `),m(`prefix`,`margin-right: 4px;`),m(`suffix`,`
 margin-left: 4px;
 `),m(`suffix, prefix`,`
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
 `,[m(`placeholder`,[p(`base-icon`,`
 transition: color .3s var(--n-bezier);
 color: var(--n-icon-color);
 font-size: var(--n-icon-size);
 `)])]),D(`>`,[p(`icon`,`
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
 `),[`warning`,`error`].map(e=>o(`${e}-status`,[l(`disabled`,[p(`base-loading`,`
 color: var(--n-loading-color-${e})
 `),m(`input-el, textarea-el`,`
 caret-color: var(--n-caret-color-${e});
 `),m(`state-border`,`
 border: var(--n-border-${e});
 `),D(`&:hover`,[m(`state-border`,`
 border: var(--n-border-hover-${e});
 `)]),D(`&:focus`,`
 background-color: var(--n-color-focus-${e});
 `,[m(`state-border`,`
 box-shadow: var(--n-box-shadow-focus-${e});
 border: var(--n-border-focus-${e});
 `)]),o(`focus`,`
 background-color: var(--n-color-focus-${e});
 `,[m(`state-border`,`
 box-shadow: var(--n-box-shadow-focus-${e});
 border: var(--n-border-focus-${e});
 `)])])]))]),de=p(`input`,[o(`disabled`,[m(`input-el, textarea-el`,`
 -webkit-text-fill-color: var(--n-text-color-disabled);
 `)])]);function W(e){let t=0;for(let n of e)t++;return t}function G(e){return e===``||e==null}function fe(e){let n=r(null);function i(){let{value:t}=e;if(!t?.focus){o();return}let{selectionStart:r,selectionEnd:i,value:a}=t;r==null||i==null?o():n.value={start:r,end:i,beforeText:a.slice(0,r),afterText:a.slice(i)}}function a(){let{value:t}=n,{value:r}=e;if(!t||!r)return;let{value:i}=r,{start:a,beforeText:o,afterText:s}=t,c=i.length;if(i.endsWith(s))c=i.length-s.length;else if(i.startsWith(o))c=o.length;else{let e=o[a-1],t=i.indexOf(e,a-1);t!==-1&&(c=t+1)}r.setSelectionRange?.(c,c)}function o(){n.value=null}return t(e,o),{recordCursor:i,restoreCursor:a}}var K=k({name:`InputWordCount`,setup(t,{slots:n}){let{mergedValueRef:r,maxlengthRef:i,mergedClsPrefixRef:a,countGraphemesRef:o}=w(U),s=j(()=>{let{value:e}=r;return e===null||Array.isArray(e)?0:(o.value||W)(e)});return()=>{let{value:t}=i,{value:o}=r;return v(),M(`span`,{class:_(`${a.value}-input-word-count`)},[x(()=>e(n.default,{value:o===null||Array.isArray(o)?``:o},()=>[t===void 0?s.value:`${s.value} / ${t}`]))],2)}}}),pe=[`autofocus`,`rows`,`placeholder`,`value`,`disabled`,`maxlength`,`minlength`,`readonly`,`tabindex`,`onBlur`,`onFocus`,`onInput`,`onChange`,`onScroll`],me=[`type`,`tabindex`,`placeholder`,`disabled`,`maxlength`,`minlength`,`value`,`readonly`,`autofocus`,`size`,`onBlur`,`onFocus`,`onInput`,`onChange`],q=[`onMousedown`,`onClick`],he=[`type`,`tabindex`,`placeholder`,`disabled`,`maxlength`,`minlength`,`value`,`readonly`,`onBlur`,`onFocus`,`onInput`,`onChange`],J=[`tabindex`,`onFocus`,`onBlur`,`onClick`,`onMousedown`,`onMouseenter`,`onMouseleave`,`onCompositionstart`,`onCompositionend`,`onKeyup`,`onKeydown`],Y={...y.props,bordered:{type:Boolean,default:void 0},type:{type:String,default:`text`},placeholder:[Array,String],defaultValue:{type:[String,Array],default:null},value:[String,Array],disabled:{type:Boolean,default:void 0},size:String,rows:{type:[Number,String],default:3},round:Boolean,minlength:[String,Number],maxlength:[String,Number],clearable:Boolean,autosize:{type:[Boolean,Object],default:!1},pair:Boolean,separator:String,readonly:{type:[String,Boolean],default:!1},passivelyActivated:Boolean,showPasswordOn:String,stateful:{type:Boolean,default:!0},autofocus:Boolean,inputProps:Object,resizable:{type:Boolean,default:!0},showCount:Boolean,loading:{type:Boolean,default:void 0},allowInput:Function,renderCount:Function,onMousedown:Function,onKeydown:Function,onKeyup:[Function,Array],onInput:[Function,Array],onFocus:[Function,Array],onBlur:[Function,Array],onClick:[Function,Array],onChange:[Function,Array],onClear:[Function,Array],countGraphemes:Function,status:String,"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array],textDecoration:[String,Array],attrSize:{type:Number,default:20},onInputBlur:[Function,Array],onInputFocus:[Function,Array],onDeactivate:[Function,Array],onActivate:[Function,Array],onWrapperFocus:[Function,Array],onWrapperBlur:[Function,Array],internalDeactivateOnEnter:Boolean,internalForceFocus:Boolean,internalLoadingBeforeSuffix:{type:Boolean,default:!0},showPasswordToggle:Boolean},ge=k({name:`Input`,props:Y,slots:Object,setup(e){let{mergedClsPrefixRef:n,mergedBorderedRef:o,inlineThemeDisabled:l,mergedRtlRef:u,mergedComponentPropsRef:f}=s(e),p=y(`Input`,`-input`,ue,le,e,n);ne&&c(`-input-safari`,de,n);let m=r(null),h=r(null),g=r(null),_=r(null),v=r(null),x=r(null),S=r(null),C=fe(S),w=r(null),{localeRef:E}=se(`Input`),D=r(e.defaultValue),k=b(e,`value`),A=ce(k,D),M=ee(e,{mergedSize:t=>{let{size:n}=e;if(n)return n;let{mergedSize:r}=t||{};return r?.value?r.value:f?.value?.Input?.size||`medium`}}),{mergedSizeRef:F,mergedDisabledRef:I,mergedStatusRef:L}=M,z=r(!1),B=r(!1),V=r(!1),H=r(!1),W=null,K=j(()=>{let{placeholder:t,pair:n}=e;return n?Array.isArray(t)?t:t===void 0?[``,``]:[t,t]:t===void 0?[E.value.placeholder]:[t]}),pe=j(()=>{let{value:e}=V,{value:t}=A,{value:n}=K;return!e&&(G(t)||Array.isArray(t)&&G(t[0]))&&n[0]}),me=j(()=>{let{value:e}=V,{value:t}=A,{value:n}=K;return!e&&n[1]&&(G(t)||Array.isArray(t)&&G(t[1]))}),q=R(()=>e.internalForceFocus||z.value),he=R(()=>{if(I.value||e.readonly||!e.clearable||!q.value&&!B.value)return!1;let{value:t}=A,{value:n}=q;return e.pair?!!(Array.isArray(t)&&(t[0]||t[1]))&&(B.value||n):!!t&&(B.value||n)}),J=j(()=>{let{showPasswordOn:t}=e;if(t)return t;if(e.showPasswordToggle)return`click`}),Y=r(!1),ge=j(()=>{let{textDecoration:t}=e;return t?Array.isArray(t)?t.map(e=>({textDecoration:e})):[{textDecoration:t}]:[``,``]}),_e=r(void 0),ve=()=>{if(e.type===`textarea`){let{autosize:t}=e;if(t&&(_e.value=w.value?.$el?.offsetWidth),!h.value||typeof t==`boolean`)return;let{paddingTop:n,paddingBottom:r,lineHeight:i}=window.getComputedStyle(h.value),a=Number(n.slice(0,-2)),o=Number(r.slice(0,-2)),s=Number(i.slice(0,-2)),{value:c}=g;if(!c)return;if(t.minRows){let e=Math.max(t.minRows,1),n=`${a+o+s*e}px`;c.style.minHeight=n}if(t.maxRows){let e=`${a+o+s*t.maxRows}px`;c.style.maxHeight=e}}},ye=j(()=>{let{maxlength:t}=e;return t===void 0?void 0:Number(t)});ie(()=>{let{value:e}=A;Array.isArray(e)||rt(e)});let be=oe().proxy;function X(t,n){let{onUpdateValue:r,"onUpdate:value":i,onInput:a}=e,{nTriggerFormInput:o}=M;r&&N(r,t,n),i&&N(i,t,n),a&&N(a,t,n),D.value=t,o()}function Z(t,n){let{onChange:r}=e,{nTriggerFormChange:i}=M;r&&N(r,t,n),D.value=t,i()}function xe(t){let{onBlur:n}=e,{nTriggerFormBlur:r}=M;n&&N(n,t),r()}function Se(t){let{onFocus:n}=e,{nTriggerFormFocus:r}=M;n&&N(n,t),r()}function Ce(t){let{onClear:n}=e;n&&N(n,t)}function we(t){let{onInputBlur:n}=e;n&&N(n,t)}function Te(t){let{onInputFocus:n}=e;n&&N(n,t)}function Ee(){let{onDeactivate:t}=e;t&&N(t)}function De(){let{onActivate:t}=e;t&&N(t)}function Oe(t){let{onClick:n}=e;n&&N(n,t)}function ke(t){let{onWrapperFocus:n}=e;n&&N(n,t)}function Ae(t){let{onWrapperBlur:n}=e;n&&N(n,t)}function je(){V.value=!0}function Me(e){V.value=!1,e.target===x.value?Q(e,1):Q(e,0)}function Q(t,n=0,r=`input`){let i=t.target.value;if(rt(i),t instanceof InputEvent&&!t.isComposing&&(V.value=!1),e.type===`textarea`){let{value:e}=w;e&&e.syncUnifiedContainer()}if(W=i,V.value)return;C.recordCursor();let a=Ne(i);if(a){if(!e.pair)r===`input`?X(i,{source:n}):Z(i,{source:n});else{let{value:e}=A;e=Array.isArray(e)?[e[0],e[1]]:[``,``],e[n]=i,r===`input`?X(e,{source:n}):Z(e,{source:n})}}be.$forceUpdate(),a||T(C.restoreCursor)}function Ne(t){let{countGraphemes:n,maxlength:r,minlength:i}=e;if(n){let e;if(r!==void 0&&(e===void 0&&(e=n(t)),e>Number(r))||i!==void 0&&(e===void 0&&(e=n(t)),e<Number(r)))return!1}let{allowInput:a}=e;return typeof a!=`function`||a(t)}function Pe(e){we(e),e.relatedTarget===m.value&&Ee(),(e.relatedTarget===null||e.relatedTarget!==v.value&&e.relatedTarget!==x.value&&e.relatedTarget!==h.value)&&(H.value=!1),$(e,`blur`),S.value=null}function Fe(e,t){Te(e),z.value=!0,H.value=!0,De(),$(e,`focus`),t===0?S.value=v.value:t===1?S.value=x.value:t===2&&(S.value=h.value)}function Ie(t){e.passivelyActivated&&(Ae(t),$(t,`blur`))}function Le(t){e.passivelyActivated&&(z.value=!0,ke(t),$(t,`focus`))}function $(e,t){e.relatedTarget!==null&&(e.relatedTarget===v.value||e.relatedTarget===x.value||e.relatedTarget===h.value||e.relatedTarget===m.value)||(t===`focus`?(Se(e),z.value=!0):t===`blur`&&(xe(e),z.value=!1))}function Re(e,t){Q(e,t,`change`)}function ze(e){Oe(e)}function Be(e){Ce(e),Ve()}function Ve(){e.pair?(X([``,``],{source:`clear`}),Z([``,``],{source:`clear`})):(X(``,{source:`clear`}),Z(``,{source:`clear`}))}function He(t){let{onMousedown:n}=e;n&&n(t);let{tagName:r}=t.target;if(r!==`INPUT`&&r!==`TEXTAREA`){if(e.resizable){let{value:e}=m;if(e){let{left:n,top:r,width:i,height:a}=e.getBoundingClientRect();if(n+i-14<t.clientX&&t.clientX<n+i&&r+a-14<t.clientY&&t.clientY<r+a)return}}t.preventDefault(),z.value||Ze()}}function Ue(){B.value=!0,e.type===`textarea`&&w.value?.handleMouseEnterWrapper()}function We(){B.value=!1,e.type===`textarea`&&w.value?.handleMouseLeaveWrapper()}function Ge(){I.value||J.value===`click`&&(Y.value=!Y.value)}function Ke(e){if(I.value)return;e.preventDefault();let t=e=>{e.preventDefault(),ae(`mouseup`,document,t)};if(P(`mouseup`,document,t),J.value!==`mousedown`)return;Y.value=!0;let n=()=>{Y.value=!1,ae(`mouseup`,document,n)};P(`mouseup`,document,n)}function qe(t){e.onKeyup&&N(e.onKeyup,t)}function Je(t){switch(e.onKeydown&&N(e.onKeydown,t),t.key){case`Escape`:Xe();break;case`Enter`:Ye(t)}}function Ye(t){if(e.passivelyActivated){let{value:n}=H;if(n){e.internalDeactivateOnEnter&&Xe();return}t.preventDefault(),e.type===`textarea`?h.value?.focus():v.value?.focus()}}function Xe(){e.passivelyActivated&&(H.value=!1,T(()=>{m.value?.focus()}))}function Ze(){I.value||(e.passivelyActivated?m.value?.focus():(h.value?.focus(),v.value?.focus()))}function Qe(){m.value?.contains(document.activeElement)&&document.activeElement.blur()}function $e(){h.value?.select(),v.value?.select()}function et(){I.value||(h.value?h.value.focus():v.value&&v.value.focus())}function tt(){let{value:e}=m;e?.contains(document.activeElement)&&e!==document.activeElement&&Xe()}function nt(t){if(e.type===`textarea`){let{value:e}=h;e?.scrollTo(t)}else{let{value:e}=v;e?.scrollTo(t)}}function rt(t){let{type:n,pair:r,autosize:i}=e;if(!r&&i){if(n===`textarea`){let{value:e}=g;e&&(e.textContent=`${t??``}\r\n`)}else{let{value:e}=_;e&&(t?e.textContent=t:e.innerHTML=`&nbsp;`)}}}function it(){ve()}let at=r({top:`0`});function ot(e){let{scrollTop:t}=e.target;at.value.top=`${-t}px`,w.value?.syncUnifiedContainer()}let st=null;O(()=>{let{autosize:n,type:r}=e;n&&r===`textarea`?st=t(A,e=>{!Array.isArray(e)&&e!==W&&rt(e)}):st?.()});let ct=null;O(()=>{e.type===`textarea`?ct=t(A,e=>{!Array.isArray(e)&&e!==W&&w.value?.syncUnifiedContainer()}):ct?.()}),i(U,{mergedValueRef:A,maxlengthRef:ye,mergedClsPrefixRef:n,countGraphemesRef:b(e,`countGraphemes`)});let lt={wrapperElRef:m,inputElRef:v,textareaElRef:h,isCompositing:V,clear:Ve,focus:Ze,blur:Qe,select:$e,deactivate:tt,activate:et,scrollTo:nt},ut=re(`Input`,u,n),dt=j(()=>{let{value:e}=F,{common:{cubicBezierEaseInOut:t},self:{color:n,colorHover:r,borderRadius:i,textColor:a,caretColor:o,caretColorError:s,caretColorWarning:c,textDecorationColor:l,border:u,borderDisabled:f,borderHover:ee,borderFocus:m,placeholderColor:h,placeholderColorDisabled:g,lineHeightTextarea:_,colorDisabled:v,colorFocus:y,textColorDisabled:ne,boxShadowFocus:b,iconSize:x,colorFocusWarning:re,boxShadowFocusWarning:ie,borderWarning:S,borderFocusWarning:C,borderHoverWarning:w,colorFocusError:ae,boxShadowFocusError:T,borderError:E,borderFocusError:D,borderHoverError:O,clearSize:k,clearColor:A,clearColorHover:j,clearColorPressed:M,iconColor:N,iconColorDisabled:P,suffixTextColor:I,countTextColor:L,countTextColorDisabled:oe,iconColorHover:R,iconColorPressed:se,loadingColor:ce,loadingColorError:z,loadingColorWarning:B,fontWeight:le,[d(`padding`,e)]:V,[d(`fontSize`,e)]:H,[d(`height`,e)]:U}}=p.value,{left:ue,right:de}=te(V);return{"--n-bezier":t,"--n-count-text-color":L,"--n-count-text-color-disabled":oe,"--n-color":n,"--n-color-hover":r,"--n-font-size":H,"--n-font-weight":le,"--n-border-radius":i,"--n-height":U,"--n-padding-left":ue,"--n-padding-right":de,"--n-text-color":a,"--n-caret-color":o,"--n-text-decoration-color":l,"--n-border":u,"--n-border-disabled":f,"--n-border-hover":ee,"--n-border-focus":m,"--n-placeholder-color":h,"--n-placeholder-color-disabled":g,"--n-icon-size":x,"--n-line-height-textarea":_,"--n-color-disabled":v,"--n-color-focus":y,"--n-text-color-disabled":ne,"--n-box-shadow-focus":b,"--n-loading-color":ce,"--n-caret-color-warning":c,"--n-color-focus-warning":re,"--n-box-shadow-focus-warning":ie,"--n-border-warning":S,"--n-border-focus-warning":C,"--n-border-hover-warning":w,"--n-loading-color-warning":B,"--n-caret-color-error":s,"--n-color-focus-error":ae,"--n-box-shadow-focus-error":T,"--n-border-error":E,"--n-border-focus-error":D,"--n-border-hover-error":O,"--n-loading-color-error":z,"--n-clear-color":A,"--n-clear-size":k,"--n-clear-color-hover":j,"--n-clear-color-pressed":M,"--n-icon-color":N,"--n-icon-color-hover":R,"--n-icon-color-pressed":se,"--n-icon-color-disabled":P,"--n-suffix-text-color":I}}),ft=l?a(`input`,j(()=>{let{value:e}=F;return e[0]}),dt,e):void 0;return{...lt,wrapperElRef:m,inputElRef:v,inputMirrorElRef:_,inputEl2Ref:x,textareaElRef:h,textareaMirrorElRef:g,textareaScrollbarInstRef:w,rtlEnabled:ut,uncontrolledValue:D,mergedValue:A,passwordVisible:Y,mergedPlaceholder:K,showPlaceholder1:pe,showPlaceholder2:me,mergedFocus:q,isComposing:V,activated:H,showClearButton:he,mergedSize:F,mergedDisabled:I,textDecorationStyle:ge,mergedClsPrefix:n,mergedBordered:o,mergedShowPasswordOn:J,placeholderStyle:at,mergedStatus:L,textAreaScrollContainerWidth:_e,handleTextAreaScroll:ot,handleCompositionStart:je,handleCompositionEnd:Me,handleInput:Q,handleInputBlur:Pe,handleInputFocus:Fe,handleWrapperBlur:Ie,handleWrapperFocus:Le,handleMouseEnter:Ue,handleMouseLeave:We,handleMouseDown:He,handleChange:Re,handleClick:ze,handleClear:Be,handlePasswordToggleClick:Ge,handlePasswordToggleMousedown:Ke,handleWrapperKeydown:Je,handleWrapperKeyup:qe,handleTextAreaMirrorResize:it,getTextareaScrollContainer:()=>h.value,mergedTheme:p,cssVars:l?void 0:dt,themeClass:ft?.themeClass,onRender:ft?.onRender}},render(){let{mergedClsPrefix:e,mergedStatus:t,themeClass:r,type:i,countGraphemes:a,onRender:o}=this,s=this.$slots;return o?.(),v(),M(`div`,{ref:`wrapperElRef`,class:_([`${e}-input`,`${e}-input--${this.mergedSize}-size`,r,t&&`${e}-input--${t}-status`,{[`${e}-input--rtl`]:this.rtlEnabled,[`${e}-input--disabled`]:this.mergedDisabled,[`${e}-input--textarea`]:i===`textarea`,[`${e}-input--resizable`]:this.resizable&&!this.autosize,[`${e}-input--autosize`]:this.autosize,[`${e}-input--round`]:this.round&&i!==`textarea`,[`${e}-input--pair`]:this.pair,[`${e}-input--focus`]:this.mergedFocus,[`${e}-input--stateful`]:this.stateful}]),style:F(this.cssVars),tabindex:!this.mergedDisabled&&this.passivelyActivated&&!this.activated?0:void 0,onFocus:this.handleWrapperFocus,onBlur:this.handleWrapperBlur,onClick:this.handleClick,onMousedown:this.handleMouseDown,onMouseenter:this.handleMouseEnter,onMouseleave:this.handleMouseLeave,onCompositionstart:this.handleCompositionStart,onCompositionend:this.handleCompositionEnd,onKeyup:this.handleWrapperKeyup,onKeydown:this.handleWrapperKeydown},[L(`div`,{class:_(`${e}-input-wrapper`)},[x(()=>C(s.prefix,t=>t&&(v(),M(`div`,{class:_(`${e}-input__prefix`)},[x(()=>t)],2)))),i===`textarea`?(v(),E(u,{key:0,ref:`textareaScrollbarInstRef`,class:_(`${e}-input__textarea`),container:this.getTextareaScrollContainer,theme:this.theme?.peers?.Scrollbar,themeOverrides:this.themeOverrides?.peers?.Scrollbar,triggerDisplayManually:!0,useUnifiedContainer:!0,internalHoistYRail:!0},{default:()=>{let{textAreaScrollContainerWidth:t}=this,r={width:this.autosize&&t&&`${t}px`};return v(),M(g,null,[L(`textarea`,A(this.inputProps,{ref:`textareaElRef`,class:[`${e}-input__textarea-el`,this.inputProps?.class],autofocus:this.autofocus,rows:Number(this.rows),placeholder:this.placeholder,value:this.mergedValue,disabled:this.mergedDisabled,maxlength:a?void 0:this.maxlength,minlength:a?void 0:this.minlength,readonly:this.readonly,tabindex:this.passivelyActivated&&!this.activated?-1:void 0,style:[this.textDecorationStyle[0],this.inputProps?.style,r],onBlur:this.handleInputBlur,onFocus:e=>{this.handleInputFocus(e,2)},onInput:this.handleInput,onChange:this.handleChange,onScroll:this.handleTextAreaScroll}),null,16,pe),this.showPlaceholder1?(v(),M(`div`,{class:_(`${e}-input__placeholder`),style:F([this.placeholderStyle,r]),key:`placeholder`},[x(()=>this.mergedPlaceholder[0])],6)):x(()=>null),this.autosize?(v(),E(n,{key:2,onResize:this.handleTextAreaMirrorResize},{default:()=>(v(),M(`div`,{ref:`textareaMirrorElRef`,class:_(`${e}-input__textarea-mirror`),key:`mirror`},null,2))},1032,[`onResize`])):x(()=>null)],64)}},1032,[`class`,`container`,`theme`,`themeOverrides`])):(v(),M(`div`,{key:1,class:_(`${e}-input__input`)},[L(`input`,A({type:i===`password`&&this.mergedShowPasswordOn&&this.passwordVisible?`text`:i},this.inputProps,{ref:`inputElRef`,class:[`${e}-input__input-el`,this.inputProps?.class],style:[this.textDecorationStyle[0],this.inputProps?.style],tabindex:this.passivelyActivated&&!this.activated?-1:this.inputProps?.tabindex,placeholder:this.mergedPlaceholder[0],disabled:this.mergedDisabled,maxlength:a?void 0:this.maxlength,minlength:a?void 0:this.minlength,value:Array.isArray(this.mergedValue)?this.mergedValue[0]:this.mergedValue,readonly:this.readonly,autofocus:this.autofocus,size:this.attrSize,onBlur:this.handleInputBlur,onFocus:e=>{this.handleInputFocus(e,0)},onInput:e=>{this.handleInput(e,0)},onChange:e=>{this.handleChange(e,0)}}),null,16,me),this.showPlaceholder1?(v(),M(`div`,{key:0,class:_(`${e}-input__placeholder`)},[L(`span`,null,[x(()=>this.mergedPlaceholder[0])])],2)):x(()=>null),this.autosize?(v(),M(`div`,{class:_(`${e}-input__input-mirror`),key:`mirror`,ref:`inputMirrorElRef`},`\xA0`,2)):x(()=>null)],2)),x(()=>!this.pair&&C(s.suffix,t=>t||this.clearable||this.showCount||this.mergedShowPasswordOn||this.loading!==void 0?(v(),M(`div`,{key:1,class:_(`${e}-input__suffix`)},[x(()=>[C(s[`clear-icon-placeholder`],t=>(this.clearable||t)&&(v(),E(z,{clsPrefix:e,show:this.showClearButton,onClear:this.handleClear},{placeholder:()=>t,icon:()=>this.$slots[`clear-icon`]?.()},1032,[`clsPrefix`,`show`,`onClear`]))),this.internalLoadingBeforeSuffix?null:t,this.loading===void 0?null:(v(),E(B,{key:2,clsPrefix:e,loading:this.loading,showArrow:!1,showClear:!1,style:F(this.cssVars)},null,8,[`clsPrefix`,`loading`,`style`])),this.internalLoadingBeforeSuffix?t:null,this.showCount&&this.type!==`textarea`?(v(),E(K,{key:3},{default:e=>{let{renderCount:t}=this;return t?t(e):s.count?.(e)}},1024)):null,this.mergedShowPasswordOn&&this.type===`password`?(v(),M(`div`,{key:4,class:_(`${e}-input__eye`),onMousedown:this.handlePasswordToggleMousedown,onClick:this.handlePasswordToggleClick},[this.passwordVisible?(v(),M(g,{key:0},[x(()=>h(s[`password-visible-icon`],()=>[(v(),E(S,{clsPrefix:e},{default:()=>(v(),E(V))},1032,[`clsPrefix`]))]))],64)):(v(),M(g,{key:1},[x(()=>h(s[`password-invisible-icon`],()=>[(v(),E(S,{clsPrefix:e},{default:()=>(v(),E(H))},1032,[`clsPrefix`]))]))],64))],42,q)):null])],2)):null))],2),this.pair?(v(),M(`span`,{key:0,class:_(`${e}-input__separator`)},[x(()=>h(s.separator,()=>[this.separator]))],2)):x(()=>null),this.pair?(v(),M(`div`,{key:2,class:_(`${e}-input-wrapper`)},[L(`div`,{class:_(`${e}-input__input`)},[L(`input`,{ref:`inputEl2Ref`,type:this.type,class:_(`${e}-input__input-el`),tabindex:this.passivelyActivated&&!this.activated?-1:void 0,placeholder:this.mergedPlaceholder[1],disabled:this.mergedDisabled,maxlength:a?void 0:this.maxlength,minlength:a?void 0:this.minlength,value:Array.isArray(this.mergedValue)?this.mergedValue[1]:void 0,readonly:this.readonly,style:F(this.textDecorationStyle[1]),onBlur:this.handleInputBlur,onFocus:e=>{this.handleInputFocus(e,1)},onInput:e=>{this.handleInput(e,1)},onChange:e=>{this.handleChange(e,1)}},null,46,he),this.showPlaceholder2?(v(),M(`div`,{key:0,class:_(`${e}-input__placeholder`)},[L(`span`,null,[x(()=>this.mergedPlaceholder[1])])],2)):x(()=>null)],2),x(()=>C(s.suffix,t=>(this.clearable||t)&&(v(),M(`div`,{class:_(`${e}-input__suffix`)},[x(()=>[this.clearable&&(v(),E(z,{clsPrefix:e,show:this.showClearButton,onClear:this.handleClear},{icon:()=>s[`clear-icon`]?.(),placeholder:()=>s[`clear-icon-placeholder`]?.()},1032,[`clsPrefix`,`show`,`onClear`])),t])],2))))],2)):x(()=>null),this.mergedBordered?(v(),M(`div`,{key:4,class:_(`${e}-input__border`)},null,2)):x(()=>null),this.mergedBordered?(v(),M(`div`,{key:6,class:_(`${e}-input__state-border`)},null,2)):x(()=>null),this.showCount&&i===`textarea`?(v(),E(K,{key:8},{default:e=>{let{renderCount:t}=this;return t?t(e):s.count?.(e)}},1024)):x(()=>null)],46,J)}});export{ge as t};