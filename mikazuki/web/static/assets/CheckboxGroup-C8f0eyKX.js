import{$t as e,Et as t,Fn as n,Gt as r,I as i,Kt as a,M as o,Mn as s,N as c,S as l,St as u,Tt as d,U as f,V as p,Vt as m,Yt as h,Zt as g,_,g as v,mn as y,nn as b,pn as x,qt as S,vt as C,wt as w,x as T,xt as E,yt as D,zn as O}from"./_plugin-vue_export-helper-7feDbWgl.js";import{A as k,F as A,V as j,W as M,m as N,q as P,rt as F}from"./i18n-D5Ga6e_b.js";import{q as I}from"./index-Q9UsUwtw.js";import{t as L}from"./use-merged-state-B4XHzrZT.js";var R=()=>(()=>{let e=o(`75be776d8875fa17`);return e[0]||=a(`svg`,{viewBox:`0 0 64 64`,class:`check-icon`},[a(`path`,{d:`M50.42,16.76L22.34,39.45l-8.1-11.46c-1.12-1.58-3.3-1.96-4.88-0.84c-1.58,1.12-1.95,3.3-0.84,4.88l10.26,14.51  c0.56,0.79,1.42,1.31,2.38,1.45c0.16,0.02,0.32,0.03,0.48,0.03c0.8,0,1.57-0.27,2.2-0.78l30.99-25.03c1.5-1.21,1.74-3.42,0.52-4.92  C54.13,15.78,51.93,15.55,50.42,16.76z`})],-1)})(),z=()=>(()=>{let e=o(`c6eed899356c8404`);return e[0]||=a(`svg`,{viewBox:`0 0 100 100`,class:`line-icon`},[a(`path`,{d:`M80.2,55.5H21.4c-2.8,0-5.1-2.5-5.1-5.5l0,0c0-3,2.3-5.5,5.1-5.5h58.7c2.8,0,5.1,2.5,5.1,5.5l0,0C85.2,53.1,82.9,55.5,80.2,55.5z`})],-1)})(),B=C([D(`checkbox`,`
 font-size: var(--n-font-size);
 outline: none;
 cursor: pointer;
 display: inline-flex;
 flex-wrap: nowrap;
 align-items: flex-start;
 word-break: break-word;
 line-height: var(--n-size);
 --n-merged-color-table: var(--n-color-table);
 `,[u(`show-label`,`line-height: var(--n-label-line-height);`),C(`&:hover`,[D(`checkbox-box`,[E(`border`,`border: var(--n-border-checked);`)])]),C(`&:focus:not(:active)`,[D(`checkbox-box`,[E(`border`,`
 border: var(--n-border-focus);
 box-shadow: var(--n-box-shadow-focus);
 `)])]),u(`inside-table`,[D(`checkbox-box`,`
 background-color: var(--n-merged-color-table);
 `)]),u(`checked`,[D(`checkbox-box`,`
 background-color: var(--n-color-checked);
 `,[D(`checkbox-icon`,[C(`.check-icon`,`
 opacity: 1;
 transform: scale(1);
 `)])])]),u(`indeterminate`,[D(`checkbox-box`,[D(`checkbox-icon`,[C(`.check-icon`,`
 opacity: 0;
 transform: scale(.5);
 `),C(`.line-icon`,`
 opacity: 1;
 transform: scale(1);
 `)])])]),u(`checked, indeterminate`,[C(`&:focus:not(:active)`,[D(`checkbox-box`,[E(`border`,`
 border: var(--n-border-checked);
 box-shadow: var(--n-box-shadow-focus);
 `)])]),D(`checkbox-box`,`
 background-color: var(--n-color-checked);
 border-left: 0;
 border-top: 0;
 `,[E(`border`,{border:`var(--n-border-checked)`})])]),u(`disabled`,{cursor:`not-allowed`},[u(`checked`,[D(`checkbox-box`,`
 background-color: var(--n-color-disabled-checked);
 `,[E(`border`,{border:`var(--n-border-disabled-checked)`}),D(`checkbox-icon`,[C(`.check-icon, .line-icon`,{fill:`var(--n-check-mark-color-disabled-checked)`})])])]),D(`checkbox-box`,`
 background-color: var(--n-color-disabled);
 `,[E(`border`,`
 border: var(--n-border-disabled);
 `),D(`checkbox-icon`,[C(`.check-icon, .line-icon`,`
 fill: var(--n-check-mark-color-disabled);
 `)])]),E(`label`,`
 color: var(--n-text-color-disabled);
 `)]),D(`checkbox-box-wrapper`,`
 position: relative;
 width: var(--n-size);
 flex-shrink: 0;
 flex-grow: 0;
 user-select: none;
 -webkit-user-select: none;
 `),D(`checkbox-box`,`
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
 `,[E(`border`,`
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
 `),D(`checkbox-icon`,`
 display: flex;
 align-items: center;
 justify-content: center;
 position: absolute;
 left: 1px;
 right: 1px;
 top: 1px;
 bottom: 1px;
 `,[C(`.check-icon, .line-icon`,`
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
 `),v({left:`1px`,top:`1px`})])]),E(`label`,`
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 user-select: none;
 -webkit-user-select: none;
 padding: var(--n-label-padding);
 font-weight: var(--n-label-font-weight);
 `,[C(`&:empty`,{display:`none`})])]),d(D(`checkbox`,`
 --n-merged-color-table: var(--n-color-table-modal);
 `)),t(D(`checkbox`,`
 --n-merged-color-table: var(--n-color-table-popover);
 `))]),V=[`id`],H=[`tabindex`,`aria-checked`,`aria-labelledby`,`onKeyup`,`onKeydown`,`onClick`],U={...T.props,size:String,checked:{type:[Boolean,String,Number],default:void 0},defaultChecked:{type:[Boolean,String,Number],default:!1},value:[String,Number],disabled:{type:Boolean,default:void 0},indeterminate:Boolean,label:String,focusable:{type:Boolean,default:!0},checkedValue:{type:[Boolean,String,Number],default:!0},uncheckedValue:{type:[Boolean,String,Number],default:!1},"onUpdate:checked":[Function,Array],onUpdateChecked:[Function,Array],privateInsideTable:Boolean,onChange:[Function,Array]},W=e({name:`Checkbox`,props:U,setup(e){let t=b(G,null),i=s(null),{mergedClsPrefixRef:a,inlineThemeDisabled:o,mergedRtlRef:c,mergedComponentPropsRef:u}=p(e),d=s(e.defaultChecked),f=n(e,`checked`),m=L(f,d),h=M(()=>{if(t){let n=t.valueSetRef.value;return n&&e.value!==void 0?n.has(e.value):!1}return m.value===e.checkedValue}),g=N(e,{mergedSize(n){let{size:r}=e;if(r!==void 0)return r;if(t){let{value:e}=t.mergedSizeRef;if(e!==void 0)return e}if(n){let{mergedSize:e}=n;if(e!==void 0)return e.value}return u?.value?.Checkbox?.size||`medium`},mergedDisabled(n){let{disabled:r}=e;if(r!==void 0)return r;if(t){if(t.disabledRef.value)return!0;let{maxRef:{value:e},checkedCountRef:n}=t;if(e!==void 0&&n.value>=e&&!h.value)return!0;let{minRef:{value:r}}=t;if(r!==void 0&&n.value<=r&&h.value)return!0}return n?n.disabled.value:!1}}),{mergedDisabledRef:_,mergedSizeRef:v}=g,y=T(`Checkbox`,`-checkbox`,B,I,e,a);function x(n){if(t&&e.value!==void 0)t.toggleCheckbox(!h.value,e.value);else{let{onChange:t,"onUpdate:checked":r,onUpdateChecked:i}=e,{nTriggerFormInput:a,nTriggerFormChange:o}=g,s=h.value?e.uncheckedValue:e.checkedValue;r&&j(r,s,n),i&&j(i,s,n),t&&j(t,s,n),a(),o(),d.value=s}}function S(e){_.value||x(e)}function C(e){if(!_.value)switch(e.key){case` `:case`Enter`:x(e)}}function E(e){e.key===` `&&e.preventDefault()}let D={focus:()=>{i.value?.focus()},blur:()=>{i.value?.blur()}},O=k(`Checkbox`,c,a),A=r(()=>{let{value:e}=v,{common:{cubicBezierEaseInOut:t},self:{borderRadius:n,color:r,colorChecked:i,colorDisabled:a,colorTableHeader:o,colorTableHeaderModal:s,colorTableHeaderPopover:c,checkMarkColor:l,checkMarkColorDisabled:u,border:d,borderFocus:f,borderDisabled:p,borderChecked:m,boxShadowFocus:h,textColor:g,textColorDisabled:_,checkMarkColorDisabledChecked:b,colorDisabledChecked:x,borderDisabledChecked:S,labelPadding:C,labelLineHeight:T,labelFontWeight:E,[w(`fontSize`,e)]:D,[w(`size`,e)]:O}}=y.value;return{"--n-label-line-height":T,"--n-label-font-weight":E,"--n-size":O,"--n-bezier":t,"--n-border-radius":n,"--n-border":d,"--n-border-checked":m,"--n-border-focus":f,"--n-border-disabled":p,"--n-border-disabled-checked":S,"--n-box-shadow-focus":h,"--n-color":r,"--n-color-checked":i,"--n-color-table":o,"--n-color-table-modal":s,"--n-color-table-popover":c,"--n-color-disabled":a,"--n-color-disabled-checked":x,"--n-text-color":g,"--n-text-color-disabled":_,"--n-check-mark-color":l,"--n-check-mark-color-disabled":u,"--n-check-mark-color-disabled-checked":b,"--n-font-size":D,"--n-label-padding":C}}),P=o?l(`checkbox`,r(()=>v.value[0]),A,e):void 0;return Object.assign(g,D,{rtlEnabled:O,selfRef:i,mergedClsPrefix:a,mergedDisabled:_,renderedChecked:h,mergedTheme:y,labelId:F(),handleClick:S,handleKeyUp:C,handleKeyDown:E,cssVars:o?void 0:A,themeClass:P?.themeClass,onRender:P?.onRender})},render(){let{$slots:e,renderedChecked:t,mergedDisabled:n,indeterminate:r,privateInsideTable:s,cssVars:l,labelId:u,label:d,mergedClsPrefix:f,focusable:p,handleKeyUp:m,handleKeyDown:v,handleClick:y}=this;this.onRender?.();let b=A(e.default,e=>d||e?(x(),h(`span`,{key:1,class:c(`${f}-checkbox__label`),id:u},[i(()=>d||e)],10,V)):null);return(()=>{let e=o(`70be6e74cd27cb50`);return x(),h(`div`,{ref:`selfRef`,class:c([`${f}-checkbox`,this.themeClass,this.rtlEnabled&&`${f}-checkbox--rtl`,t&&`${f}-checkbox--checked`,n&&`${f}-checkbox--disabled`,r&&`${f}-checkbox--indeterminate`,s&&`${f}-checkbox--inside-table`,b&&`${f}-checkbox--show-label`]),tabindex:n||!p?void 0:0,role:`checkbox`,"aria-checked":r?`mixed`:t,"aria-labelledby":u,style:O(l),onKeyup:m,onKeydown:v,onClick:y,onMousedown:e[0]||=()=>{P(`selectstart`,window,e=>{e.preventDefault()},{once:!0})}},[a(`div`,{class:c(`${f}-checkbox-box-wrapper`)},[e[1]||=i(`\xA0`,-1),a(`div`,{class:c(`${f}-checkbox-box`)},[g(_,null,{default:()=>this.indeterminate?(x(),h(`div`,{key:`indeterminate`,class:c(`${f}-checkbox-icon`)},[i(()=>z())],2)):(x(),h(`div`,{key:`check`,class:c(`${f}-checkbox-icon`)},[i(()=>R())],2))},1024),a(`div`,{class:c(`${f}-checkbox-box__border`)},null,2)],2)],2),i(()=>b)],46,H)})()}}),G=f(`n-checkbox-group`),K=e({name:`CheckboxGroup`,props:{min:Number,max:Number,size:String,options:Array,labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},value:Array,defaultValue:{type:Array,default:null},disabled:{type:Boolean,default:void 0},"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array],onChange:[Function,Array]},setup(e){let{mergedClsPrefixRef:t}=p(e),i=N(e),{mergedSizeRef:a,mergedDisabledRef:o}=i,c=s(e.defaultValue),l=r(()=>e.value),u=L(l,c),d=r(()=>u.value?.length||0),f=r(()=>Array.isArray(u.value)?new Set(u.value):new Set);function m(t,n){let{nTriggerFormInput:r,nTriggerFormChange:a}=i,{onChange:o,"onUpdate:value":s,onUpdateValue:l}=e;if(Array.isArray(u.value)){let e=Array.from(u.value),i=e.findIndex(e=>e===n);t?~i||(e.push(n),l&&j(l,e,{actionType:`check`,value:n}),s&&j(s,e,{actionType:`check`,value:n}),r(),a(),c.value=e,o&&j(o,e)):~i&&(e.splice(i,1),l&&j(l,e,{actionType:`uncheck`,value:n}),s&&j(s,e,{actionType:`uncheck`,value:n}),o&&j(o,e),c.value=e,r(),a())}else t?(l&&j(l,[n],{actionType:`check`,value:n}),s&&j(s,[n],{actionType:`check`,value:n}),o&&j(o,[n]),c.value=[n],r(),a()):(l&&j(l,[],{actionType:`uncheck`,value:n}),s&&j(s,[],{actionType:`uncheck`,value:n}),o&&j(o,[]),c.value=[],r(),a())}return y(G,{checkedCountRef:d,maxRef:n(e,`max`),minRef:n(e,`min`),valueSetRef:f,disabledRef:o,mergedSizeRef:a,toggleCheckbox:m}),{mergedClsPrefix:t}},render(){let{options:e,labelField:t,valueField:n}=this.$props;return x(),h(`div`,{class:c(`${this.mergedClsPrefix}-checkbox-group`),role:`group`},[e?(x(),h(m,{key:0},[i(()=>e.map(e=>{let r=e[n];return x(),S(W,{key:r,value:r,disabled:e.disabled,label:e[t]},null,8,[`value`,`disabled`,`label`])}))],64)):(x(),h(m,{key:1},[i(()=>this.$slots.default?.())],64))],2)}});export{W as n,K as t};