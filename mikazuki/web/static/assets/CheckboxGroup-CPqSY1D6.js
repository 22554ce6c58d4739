import{$t as e,Et as t,Gt as n,I as r,Kt as i,M as a,N as o,Pn as s,Rn as c,S as l,St as u,Tt as d,U as f,V as p,Vt as m,Yt as h,Zt as g,_,g as v,jn as y,mn as b,nn as x,pn as S,qt as C,vt as w,wt as T,x as E,xt as D,yt as O}from"./_plugin-vue_export-helper-nX_YewPX.js";import{A as k,F as A,V as j,W as M,m as N,q as P,rt as F}from"./i18n-7fhTEx4s.js";import{J as I}from"./index-DhzwMCm2.js";import{t as L}from"./use-merged-state-Cvl8sWHP.js";var R=()=>(()=>{let e=a(`75be776d8875fa17`);return e[0]||=i(`svg`,{viewBox:`0 0 64 64`,class:`check-icon`},[i(`path`,{d:`M50.42,16.76L22.34,39.45l-8.1-11.46c-1.12-1.58-3.3-1.96-4.88-0.84c-1.58,1.12-1.95,3.3-0.84,4.88l10.26,14.51  c0.56,0.79,1.42,1.31,2.38,1.45c0.16,0.02,0.32,0.03,0.48,0.03c0.8,0,1.57-0.27,2.2-0.78l30.99-25.03c1.5-1.21,1.74-3.42,0.52-4.92  C54.13,15.78,51.93,15.55,50.42,16.76z`})],-1)})(),z=()=>(()=>{let e=a(`c6eed899356c8404`);return e[0]||=i(`svg`,{viewBox:`0 0 100 100`,class:`line-icon`},[i(`path`,{d:`M80.2,55.5H21.4c-2.8,0-5.1-2.5-5.1-5.5l0,0c0-3,2.3-5.5,5.1-5.5h58.7c2.8,0,5.1,2.5,5.1,5.5l0,0C85.2,53.1,82.9,55.5,80.2,55.5z`})],-1)})(),B=w([O(`checkbox`,`
 font-size: var(--n-font-size);
 outline: none;
 cursor: pointer;
 display: inline-flex;
 flex-wrap: nowrap;
 align-items: flex-start;
 word-break: break-word;
 line-height: var(--n-size);
 --n-merged-color-table: var(--n-color-table);
 `,[u(`show-label`,`line-height: var(--n-label-line-height);`),w(`&:hover`,[O(`checkbox-box`,[D(`border`,`border: var(--n-border-checked);`)])]),w(`&:focus:not(:active)`,[O(`checkbox-box`,[D(`border`,`
 border: var(--n-border-focus);
 box-shadow: var(--n-box-shadow-focus);
 `)])]),u(`inside-table`,[O(`checkbox-box`,`
 background-color: var(--n-merged-color-table);
 `)]),u(`checked`,[O(`checkbox-box`,`
 background-color: var(--n-color-checked);
 `,[O(`checkbox-icon`,[w(`.check-icon`,`
 opacity: 1;
 transform: scale(1);
 `)])])]),u(`indeterminate`,[O(`checkbox-box`,[O(`checkbox-icon`,[w(`.check-icon`,`
 opacity: 0;
 transform: scale(.5);
 `),w(`.line-icon`,`
 opacity: 1;
 transform: scale(1);
 `)])])]),u(`checked, indeterminate`,[w(`&:focus:not(:active)`,[O(`checkbox-box`,[D(`border`,`
 border: var(--n-border-checked);
 box-shadow: var(--n-box-shadow-focus);
 `)])]),O(`checkbox-box`,`
 background-color: var(--n-color-checked);
 border-left: 0;
 border-top: 0;
 `,[D(`border`,{border:`var(--n-border-checked)`})])]),u(`disabled`,{cursor:`not-allowed`},[u(`checked`,[O(`checkbox-box`,`
 background-color: var(--n-color-disabled-checked);
 `,[D(`border`,{border:`var(--n-border-disabled-checked)`}),O(`checkbox-icon`,[w(`.check-icon, .line-icon`,{fill:`var(--n-check-mark-color-disabled-checked)`})])])]),O(`checkbox-box`,`
 background-color: var(--n-color-disabled);
 `,[D(`border`,`
 border: var(--n-border-disabled);
 `),O(`checkbox-icon`,[w(`.check-icon, .line-icon`,`
 fill: var(--n-check-mark-color-disabled);
 `)])]),D(`label`,`
 color: var(--n-text-color-disabled);
 `)]),O(`checkbox-box-wrapper`,`
 position: relative;
 width: var(--n-size);
 flex-shrink: 0;
 flex-grow: 0;
 user-select: none;
 -webkit-user-select: none;
 `),O(`checkbox-box`,`
 position: absolute;
 left: 0;
 top: 50%;
 transform: translateY(-50%);
 height: var(--n-size);
 width: var(--n-size);
 display: inline-block;
 box-sizing: border-box;
 border-radius: var(--n-border-radius);
 background-color: var(--n-color);
 transition: background-color 0.3s var(--n-bezier);
 `,[D(`border`,`
 transition:
 border-color .3s var(--n-bezier),
 box-shadow .3s var(--n-bezier);
 border-radius: inherit;
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 border: var(--n-border);
 `),O(`checkbox-icon`,`
 display: flex;
 align-items: center;
 justify-content: center;
 position: absolute;
 left: 1px;
 right: 1px;
 top: 1px;
 bottom: 1px;
 `,[w(`.check-icon, .line-icon`,`
 width: 100%;
 fill: var(--n-check-mark-color);
 opacity: 0;
 transform: scale(0.5);
 transform-origin: center;
 transition:
 fill 0.3s var(--n-bezier),
 transform 0.3s var(--n-bezier),
 opacity 0.3s var(--n-bezier),
 border-color 0.3s var(--n-bezier);
 `),v({left:`1px`,top:`1px`})])]),D(`label`,`
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 user-select: none;
 -webkit-user-select: none;
 padding: var(--n-label-padding);
 font-weight: var(--n-label-font-weight);
 `,[w(`&:empty`,{display:`none`})])]),d(O(`checkbox`,`
 --n-merged-color-table: var(--n-color-table-modal);
 `)),t(O(`checkbox`,`
 --n-merged-color-table: var(--n-color-table-popover);
 `))]),V=[`id`],H=[`tabindex`,`aria-checked`,`aria-labelledby`,`onKeyup`,`onKeydown`,`onClick`],U={...E.props,size:String,checked:{type:[Boolean,String,Number],default:void 0},defaultChecked:{type:[Boolean,String,Number],default:!1},value:[String,Number],disabled:{type:Boolean,default:void 0},indeterminate:Boolean,label:String,focusable:{type:Boolean,default:!0},checkedValue:{type:[Boolean,String,Number],default:!0},uncheckedValue:{type:[Boolean,String,Number],default:!1},"onUpdate:checked":[Function,Array],onUpdateChecked:[Function,Array],privateInsideTable:Boolean,onChange:[Function,Array]},W=e({name:`Checkbox`,props:U,setup(e){let t=x(G,null),r=y(null),{mergedClsPrefixRef:i,inlineThemeDisabled:a,mergedRtlRef:o,mergedComponentPropsRef:c}=p(e),u=y(e.defaultChecked),d=s(e,`checked`),f=L(d,u),m=M(()=>{if(t){let n=t.valueSetRef.value;return n&&e.value!==void 0?n.has(e.value):!1}return f.value===e.checkedValue}),h=N(e,{mergedSize(n){let{size:r}=e;if(r!==void 0)return r;if(t){let{value:e}=t.mergedSizeRef;if(e!==void 0)return e}if(n){let{mergedSize:e}=n;if(e!==void 0)return e.value}return c?.value?.Checkbox?.size||`medium`},mergedDisabled(n){let{disabled:r}=e;if(r!==void 0)return r;if(t){if(t.disabledRef.value)return!0;let{maxRef:{value:e},checkedCountRef:n}=t;if(e!==void 0&&n.value>=e&&!m.value)return!0;let{minRef:{value:r}}=t;if(r!==void 0&&n.value<=r&&m.value)return!0}return n?n.disabled.value:!1}}),{mergedDisabledRef:g,mergedSizeRef:_}=h,v=E(`Checkbox`,`-checkbox`,B,I,e,i);function b(n){if(t&&e.value!==void 0)t.toggleCheckbox(!m.value,e.value);else{let{onChange:t,"onUpdate:checked":r,onUpdateChecked:i}=e,{nTriggerFormInput:a,nTriggerFormChange:o}=h,s=m.value?e.uncheckedValue:e.checkedValue;r&&j(r,s,n),i&&j(i,s,n),t&&j(t,s,n),a(),o(),u.value=s}}function S(e){g.value||b(e)}function C(e){if(!g.value)switch(e.key){case` `:case`Enter`:b(e)}}function w(e){e.key===` `&&e.preventDefault()}let D={focus:()=>{r.value?.focus()},blur:()=>{r.value?.blur()}},O=k(`Checkbox`,o,i),A=n(()=>{let{value:e}=_,{common:{cubicBezierEaseInOut:t},self:{borderRadius:n,color:r,colorChecked:i,colorDisabled:a,colorTableHeader:o,colorTableHeaderModal:s,colorTableHeaderPopover:c,checkMarkColor:l,checkMarkColorDisabled:u,border:d,borderFocus:f,borderDisabled:p,borderChecked:m,boxShadowFocus:h,textColor:g,textColorDisabled:y,checkMarkColorDisabledChecked:b,colorDisabledChecked:x,borderDisabledChecked:S,labelPadding:C,labelLineHeight:w,labelFontWeight:E,[T(`fontSize`,e)]:D,[T(`size`,e)]:O}}=v.value;return{"--n-label-line-height":w,"--n-label-font-weight":E,"--n-size":O,"--n-bezier":t,"--n-border-radius":n,"--n-border":d,"--n-border-checked":m,"--n-border-focus":f,"--n-border-disabled":p,"--n-border-disabled-checked":S,"--n-box-shadow-focus":h,"--n-color":r,"--n-color-checked":i,"--n-color-table":o,"--n-color-table-modal":s,"--n-color-table-popover":c,"--n-color-disabled":a,"--n-color-disabled-checked":x,"--n-text-color":g,"--n-text-color-disabled":y,"--n-check-mark-color":l,"--n-check-mark-color-disabled":u,"--n-check-mark-color-disabled-checked":b,"--n-font-size":D,"--n-label-padding":C}}),P=a?l(`checkbox`,n(()=>_.value[0]),A,e):void 0;return Object.assign(h,D,{rtlEnabled:O,selfRef:r,mergedClsPrefix:i,mergedDisabled:g,renderedChecked:m,mergedTheme:v,labelId:F(),handleClick:S,handleKeyUp:C,handleKeyDown:w,cssVars:a?void 0:A,themeClass:P?.themeClass,onRender:P?.onRender})},render(){let{$slots:e,renderedChecked:t,mergedDisabled:n,indeterminate:s,privateInsideTable:l,cssVars:u,labelId:d,label:f,mergedClsPrefix:p,focusable:m,handleKeyUp:v,handleKeyDown:y,handleClick:b}=this;this.onRender?.();let x=A(e.default,e=>f||e?(S(),h(`span`,{key:1,class:o(`${p}-checkbox__label`),id:d},[r(()=>f||e)],10,V)):null);return(()=>{let e=a(`70be6e74cd27cb50`);return S(),h(`div`,{ref:`selfRef`,class:o([`${p}-checkbox`,this.themeClass,this.rtlEnabled&&`${p}-checkbox--rtl`,t&&`${p}-checkbox--checked`,n&&`${p}-checkbox--disabled`,s&&`${p}-checkbox--indeterminate`,l&&`${p}-checkbox--inside-table`,x&&`${p}-checkbox--show-label`]),tabindex:n||!m?void 0:0,role:`checkbox`,"aria-checked":s?`mixed`:t,"aria-labelledby":d,style:c(u),onKeyup:v,onKeydown:y,onClick:b,onMousedown:e[0]||=()=>{P(`selectstart`,window,e=>{e.preventDefault()},{once:!0})}},[i(`div`,{class:o(`${p}-checkbox-box-wrapper`)},[e[1]||=r(`\xA0`,-1),i(`div`,{class:o(`${p}-checkbox-box`)},[g(_,null,{default:()=>this.indeterminate?(S(),h(`div`,{key:`indeterminate`,class:o(`${p}-checkbox-icon`)},[r(()=>z())],2)):(S(),h(`div`,{key:`check`,class:o(`${p}-checkbox-icon`)},[r(()=>R())],2))},1024),i(`div`,{class:o(`${p}-checkbox-box__border`)},null,2)],2)],2),r(()=>x)],46,H)})()}}),G=f(`n-checkbox-group`),K=e({name:`CheckboxGroup`,props:{min:Number,max:Number,size:String,options:Array,labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},value:Array,defaultValue:{type:Array,default:null},disabled:{type:Boolean,default:void 0},"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array],onChange:[Function,Array]},setup(e){let{mergedClsPrefixRef:t}=p(e),r=N(e),{mergedSizeRef:i,mergedDisabledRef:a}=r,o=y(e.defaultValue),c=n(()=>e.value),l=L(c,o),u=n(()=>l.value?.length||0),d=n(()=>Array.isArray(l.value)?new Set(l.value):new Set);function f(t,n){let{nTriggerFormInput:i,nTriggerFormChange:a}=r,{onChange:s,"onUpdate:value":c,onUpdateValue:u}=e;if(Array.isArray(l.value)){let e=Array.from(l.value),r=e.findIndex(e=>e===n);t?~r||(e.push(n),u&&j(u,e,{actionType:`check`,value:n}),c&&j(c,e,{actionType:`check`,value:n}),i(),a(),o.value=e,s&&j(s,e)):~r&&(e.splice(r,1),u&&j(u,e,{actionType:`uncheck`,value:n}),c&&j(c,e,{actionType:`uncheck`,value:n}),s&&j(s,e),o.value=e,i(),a())}else t?(u&&j(u,[n],{actionType:`check`,value:n}),c&&j(c,[n],{actionType:`check`,value:n}),s&&j(s,[n]),o.value=[n],i(),a()):(u&&j(u,[],{actionType:`uncheck`,value:n}),c&&j(c,[],{actionType:`uncheck`,value:n}),s&&j(s,[]),o.value=[],i(),a())}return b(G,{checkedCountRef:u,maxRef:s(e,`max`),minRef:s(e,`min`),valueSetRef:d,disabledRef:a,mergedSizeRef:i,toggleCheckbox:f}),{mergedClsPrefix:t}},render(){let{options:e,labelField:t,valueField:n}=this.$props;return S(),h(`div`,{class:o(`${this.mergedClsPrefix}-checkbox-group`),role:`group`},[e?(S(),h(m,{key:0},[r(()=>e.map(e=>{let r=e[n];return S(),C(W,{key:r,value:r,disabled:e.disabled,label:e[t]},null,8,[`value`,`disabled`,`label`])}))],64)):(S(),h(m,{key:1},[r(()=>this.$slots.default?.())],64))],2)}});export{W as n,K as t};