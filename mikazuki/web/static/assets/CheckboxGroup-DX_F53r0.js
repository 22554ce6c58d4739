import{$n as e,A as t,Cr as n,Ct as r,Dt as i,Fn as a,Gt as o,Jr as s,Ln as c,Lt as l,M as u,Mn as d,Pn as f,Rn as p,Rt as m,St as h,Vr as g,Vt as _,Wr as v,Y as y,ar as b,et as x,ir as S,jn as C,k as w,lr as T,ot as E,pr as D,pt as O,qt as k,rr as A,sr as j,ur as M,ut as N,wr as P,zn as F}from"./_plugin-vue_export-helper-DwV3C7qz.js";import{B as I}from"./index-5ayaQeka.js";import{o as L}from"./Suffix-C3anGkvU.js";var R=()=>(()=>{let e=l(`75be776d8875fa17`);return e[0]||=S(`svg`,{viewBox:`0 0 64 64`,class:`check-icon`},[S(`path`,{d:`M50.42,16.76L22.34,39.45l-8.1-11.46c-1.12-1.58-3.3-1.96-4.88-0.84c-1.58,1.12-1.95,3.3-0.84,4.88l10.26,14.51  c0.56,0.79,1.42,1.31,2.38,1.45c0.16,0.02,0.32,0.03,0.48,0.03c0.8,0,1.57-0.27,2.2-0.78l30.99-25.03c1.5-1.21,1.74-3.42,0.52-4.92  C54.13,15.78,51.93,15.55,50.42,16.76z`})],-1)})(),z=()=>(()=>{let e=l(`c6eed899356c8404`);return e[0]||=S(`svg`,{viewBox:`0 0 100 100`,class:`line-icon`},[S(`path`,{d:`M80.2,55.5H21.4c-2.8,0-5.1-2.5-5.1-5.5l0,0c0-3,2.3-5.5,5.1-5.5h58.7c2.8,0,5.1,2.5,5.1,5.5l0,0C85.2,53.1,82.9,55.5,80.2,55.5z`})],-1)})(),B=C([d(`checkbox`,`
 font-size: var(--n-font-size);
 outline: none;
 cursor: pointer;
 display: inline-flex;
 flex-wrap: nowrap;
 align-items: flex-start;
 word-break: break-word;
 line-height: var(--n-size);
 --n-merged-color-table: var(--n-color-table);
 `,[a(`show-label`,`line-height: var(--n-label-line-height);`),C(`&:hover`,[d(`checkbox-box`,[f(`border`,`border: var(--n-border-checked);`)])]),C(`&:focus:not(:active)`,[d(`checkbox-box`,[f(`border`,`
 border: var(--n-border-focus);
 box-shadow: var(--n-box-shadow-focus);
 `)])]),a(`inside-table`,[d(`checkbox-box`,`
 background-color: var(--n-merged-color-table);
 `)]),a(`checked`,[d(`checkbox-box`,`
 background-color: var(--n-color-checked);
 `,[d(`checkbox-icon`,[C(`.check-icon`,`
 opacity: 1;
 transform: scale(1);
 `)])])]),a(`indeterminate`,[d(`checkbox-box`,[d(`checkbox-icon`,[C(`.check-icon`,`
 opacity: 0;
 transform: scale(.5);
 `),C(`.line-icon`,`
 opacity: 1;
 transform: scale(1);
 `)])])]),a(`checked, indeterminate`,[C(`&:focus:not(:active)`,[d(`checkbox-box`,[f(`border`,`
 border: var(--n-border-checked);
 box-shadow: var(--n-box-shadow-focus);
 `)])]),d(`checkbox-box`,`
 background-color: var(--n-color-checked);
 border-left: 0;
 border-top: 0;
 `,[f(`border`,{border:`var(--n-border-checked)`})])]),a(`disabled`,{cursor:`not-allowed`},[a(`checked`,[d(`checkbox-box`,`
 background-color: var(--n-color-disabled-checked);
 `,[f(`border`,{border:`var(--n-border-disabled-checked)`}),d(`checkbox-icon`,[C(`.check-icon, .line-icon`,{fill:`var(--n-check-mark-color-disabled-checked)`})])])]),d(`checkbox-box`,`
 background-color: var(--n-color-disabled);
 `,[f(`border`,`
 border: var(--n-border-disabled);
 `),d(`checkbox-icon`,[C(`.check-icon, .line-icon`,`
 fill: var(--n-check-mark-color-disabled);
 `)])]),f(`label`,`
 color: var(--n-text-color-disabled);
 `)]),d(`checkbox-box-wrapper`,`
 position: relative;
 width: var(--n-size);
 flex-shrink: 0;
 flex-grow: 0;
 user-select: none;
 -webkit-user-select: none;
 `),d(`checkbox-box`,`
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
 `,[f(`border`,`
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
 `),d(`checkbox-icon`,`
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
 `),w({left:`1px`,top:`1px`})])]),f(`label`,`
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 user-select: none;
 -webkit-user-select: none;
 padding: var(--n-label-padding);
 font-weight: var(--n-label-font-weight);
 `,[C(`&:empty`,{display:`none`})])]),p(d(`checkbox`,`
 --n-merged-color-table: var(--n-color-table-modal);
 `)),F(d(`checkbox`,`
 --n-merged-color-table: var(--n-color-table-popover);
 `))]),V=[`id`],H=[`tabindex`,`aria-checked`,`aria-labelledby`,`onKeyup`,`onKeydown`,`onClick`],U={...h.props,size:String,checked:{type:[Boolean,String,Number],default:void 0},defaultChecked:{type:[Boolean,String,Number],default:!1},value:[String,Number],disabled:{type:Boolean,default:void 0},indeterminate:Boolean,label:String,focusable:{type:Boolean,default:!0},checkedValue:{type:[Boolean,String,Number],default:!0},uncheckedValue:{type:[Boolean,String,Number],default:!1},"onUpdate:checked":[Function,Array],onUpdateChecked:[Function,Array],privateInsideTable:Boolean,onChange:[Function,Array]},W=M({name:`Checkbox`,props:U,setup(e){let t=D(G,null),n=g(null),{mergedClsPrefixRef:a,inlineThemeDisabled:s,mergedRtlRef:l,mergedComponentPropsRef:d}=o(e),f=g(e.defaultChecked),p=v(e,`checked`),m=L(p,f),_=N(()=>{if(t){let n=t.valueSetRef.value;return n&&e.value!==void 0?n.has(e.value):!1}return m.value===e.checkedValue}),b=u(e,{mergedSize(n){let{size:r}=e;if(r!==void 0)return r;if(t){let{value:e}=t.mergedSizeRef;if(e!==void 0)return e}if(n){let{mergedSize:e}=n;if(e!==void 0)return e.value}return d?.value?.Checkbox?.size||`medium`},mergedDisabled(n){let{disabled:r}=e;if(r!==void 0)return r;if(t){if(t.disabledRef.value)return!0;let{maxRef:{value:e},checkedCountRef:n}=t;if(e!==void 0&&n.value>=e&&!_.value)return!0;let{minRef:{value:r}}=t;if(r!==void 0&&n.value<=r&&_.value)return!0}return n?n.disabled.value:!1}}),{mergedDisabledRef:x,mergedSizeRef:S}=b,C=h(`Checkbox`,`-checkbox`,B,I,e,a);function w(n){if(t&&e.value!==void 0)t.toggleCheckbox(!_.value,e.value);else{let{onChange:t,"onUpdate:checked":r,onUpdateChecked:i}=e,{nTriggerFormInput:a,nTriggerFormChange:o}=b,s=_.value?e.uncheckedValue:e.checkedValue;r&&E(r,s,n),i&&E(i,s,n),t&&E(t,s,n),a(),o(),f.value=s}}function T(e){x.value||w(e)}function O(e){if(!x.value)switch(e.key){case` `:case`Enter`:w(e)}}function k(e){e.key===` `&&e.preventDefault()}let j={focus:()=>{n.value?.focus()},blur:()=>{n.value?.blur()}},M=y(`Checkbox`,l,a),P=A(()=>{let{value:e}=S,{common:{cubicBezierEaseInOut:t},self:{borderRadius:n,color:r,colorChecked:i,colorDisabled:a,colorTableHeader:o,colorTableHeaderModal:s,colorTableHeaderPopover:l,checkMarkColor:u,checkMarkColorDisabled:d,border:f,borderFocus:p,borderDisabled:m,borderChecked:h,boxShadowFocus:g,textColor:_,textColorDisabled:v,checkMarkColorDisabledChecked:y,colorDisabledChecked:b,borderDisabledChecked:x,labelPadding:w,labelLineHeight:T,labelFontWeight:E,[c(`fontSize`,e)]:D,[c(`size`,e)]:O}}=C.value;return{"--n-label-line-height":T,"--n-label-font-weight":E,"--n-size":O,"--n-bezier":t,"--n-border-radius":n,"--n-border":f,"--n-border-checked":h,"--n-border-focus":p,"--n-border-disabled":m,"--n-border-disabled-checked":x,"--n-box-shadow-focus":g,"--n-color":r,"--n-color-checked":i,"--n-color-table":o,"--n-color-table-modal":s,"--n-color-table-popover":l,"--n-color-disabled":a,"--n-color-disabled-checked":b,"--n-text-color":_,"--n-text-color-disabled":v,"--n-check-mark-color":u,"--n-check-mark-color-disabled":d,"--n-check-mark-color-disabled-checked":y,"--n-font-size":D,"--n-label-padding":w}}),F=s?r(`checkbox`,A(()=>S.value[0]),P,e):void 0;return Object.assign(b,j,{rtlEnabled:M,selfRef:n,mergedClsPrefix:a,mergedDisabled:x,renderedChecked:_,mergedTheme:C,labelId:i(),handleClick:T,handleKeyUp:O,handleKeyDown:k,cssVars:s?void 0:P,themeClass:F?.themeClass,onRender:F?.onRender})},render(){let{$slots:e,renderedChecked:r,mergedDisabled:i,indeterminate:a,privateInsideTable:o,cssVars:c,labelId:u,label:d,mergedClsPrefix:f,focusable:p,handleKeyUp:h,handleKeyDown:g,handleClick:v}=this;this.onRender?.();let y=x(e.default,e=>d||e?(n(),j(`span`,{key:1,class:m(`${f}-checkbox__label`),id:u},[_(()=>d||e)],10,V)):null);return(()=>{let e=l(`70be6e74cd27cb50`);return n(),j(`div`,{ref:`selfRef`,class:m([`${f}-checkbox`,this.themeClass,this.rtlEnabled&&`${f}-checkbox--rtl`,r&&`${f}-checkbox--checked`,i&&`${f}-checkbox--disabled`,a&&`${f}-checkbox--indeterminate`,o&&`${f}-checkbox--inside-table`,y&&`${f}-checkbox--show-label`]),tabindex:i||!p?void 0:0,role:`checkbox`,"aria-checked":a?`mixed`:r,"aria-labelledby":u,style:s(c),onKeyup:h,onKeydown:g,onClick:v,onMousedown:e[0]||=()=>{O(`selectstart`,window,e=>{e.preventDefault()},{once:!0})}},[S(`div`,{class:m(`${f}-checkbox-box-wrapper`)},[e[1]||=_(`\xA0`,-1),S(`div`,{class:m(`${f}-checkbox-box`)},[T(t,null,{default:()=>this.indeterminate?(n(),j(`div`,{key:`indeterminate`,class:m(`${f}-checkbox-icon`)},[_(()=>z())],2)):(n(),j(`div`,{key:`check`,class:m(`${f}-checkbox-icon`)},[_(()=>R())],2))},1024),S(`div`,{class:m(`${f}-checkbox-box__border`)},null,2)],2)],2),_(()=>y)],46,H)})()}}),G=k(`n-checkbox-group`),K=M({name:`CheckboxGroup`,props:{min:Number,max:Number,size:String,options:Array,labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},value:Array,defaultValue:{type:Array,default:null},disabled:{type:Boolean,default:void 0},"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array],onChange:[Function,Array]},setup(e){let{mergedClsPrefixRef:t}=o(e),n=u(e),{mergedSizeRef:r,mergedDisabledRef:i}=n,a=g(e.defaultValue),s=A(()=>e.value),c=L(s,a),l=A(()=>c.value?.length||0),d=A(()=>Array.isArray(c.value)?new Set(c.value):new Set);function f(t,r){let{nTriggerFormInput:i,nTriggerFormChange:o}=n,{onChange:s,"onUpdate:value":l,onUpdateValue:u}=e;if(Array.isArray(c.value)){let e=Array.from(c.value),n=e.findIndex(e=>e===r);t?~n||(e.push(r),u&&E(u,e,{actionType:`check`,value:r}),l&&E(l,e,{actionType:`check`,value:r}),i(),o(),a.value=e,s&&E(s,e)):~n&&(e.splice(n,1),u&&E(u,e,{actionType:`uncheck`,value:r}),l&&E(l,e,{actionType:`uncheck`,value:r}),s&&E(s,e),a.value=e,i(),o())}else t?(u&&E(u,[r],{actionType:`check`,value:r}),l&&E(l,[r],{actionType:`check`,value:r}),s&&E(s,[r]),a.value=[r],i(),o()):(u&&E(u,[],{actionType:`uncheck`,value:r}),l&&E(l,[],{actionType:`uncheck`,value:r}),s&&E(s,[]),a.value=[],i(),o())}return P(G,{checkedCountRef:l,maxRef:v(e,`max`),minRef:v(e,`min`),valueSetRef:d,disabledRef:i,mergedSizeRef:r,toggleCheckbox:f}),{mergedClsPrefix:t}},render(){let{options:t,labelField:r,valueField:i}=this.$props;return n(),j(`div`,{class:m(`${this.mergedClsPrefix}-checkbox-group`),role:`group`},[t?(n(),j(e,{key:0},[_(()=>t.map(e=>{let t=e[i];return n(),b(W,{key:t,value:t,disabled:e.disabled,label:e[r]},null,8,[`value`,`disabled`,`label`])}))],64)):(n(),j(e,{key:1},[_(()=>this.$slots.default?.())],64))],2)}});export{W as n,K as t};