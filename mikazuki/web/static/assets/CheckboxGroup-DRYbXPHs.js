import{A as e,Br as t,Cr as n,Ct as r,Dt as i,Fn as a,Gt as o,Ln as s,Lt as c,M as l,Mn as u,Pn as d,Qn as f,Rn as p,Rt as m,Sr as h,St as g,Ur as _,Vt as v,Y as y,cr as b,et as x,fr as S,ir as C,jn as w,k as T,lr as E,nr as D,or as O,ot as k,pt as A,qr as j,qt as M,rr as N,ut as P,zn as F}from"./_plugin-vue_export-helper-B-WZ0uXV.js";import{B as I}from"./index-BjIIC0LP.js";import{i as L}from"./Suffix-BI57B1ez.js";var R=()=>(()=>{let e=c(`75be776d8875fa17`);return e[0]||=N(`svg`,{viewBox:`0 0 64 64`,class:`check-icon`},[N(`path`,{d:`M50.42,16.76L22.34,39.45l-8.1-11.46c-1.12-1.58-3.3-1.96-4.88-0.84c-1.58,1.12-1.95,3.3-0.84,4.88l10.26,14.51  c0.56,0.79,1.42,1.31,2.38,1.45c0.16,0.02,0.32,0.03,0.48,0.03c0.8,0,1.57-0.27,2.2-0.78l30.99-25.03c1.5-1.21,1.74-3.42,0.52-4.92  C54.13,15.78,51.93,15.55,50.42,16.76z`})],-1)})(),z=()=>(()=>{let e=c(`c6eed899356c8404`);return e[0]||=N(`svg`,{viewBox:`0 0 100 100`,class:`line-icon`},[N(`path`,{d:`M80.2,55.5H21.4c-2.8,0-5.1-2.5-5.1-5.5l0,0c0-3,2.3-5.5,5.1-5.5h58.7c2.8,0,5.1,2.5,5.1,5.5l0,0C85.2,53.1,82.9,55.5,80.2,55.5z`})],-1)})(),B=w([u(`checkbox`,`
 font-size: var(--n-font-size);
 outline: none;
 cursor: pointer;
 display: inline-flex;
 flex-wrap: nowrap;
 align-items: flex-start;
 word-break: break-word;
 line-height: var(--n-size);
 --n-merged-color-table: var(--n-color-table);
 `,[a(`show-label`,`line-height: var(--n-label-line-height);`),w(`&:hover`,[u(`checkbox-box`,[d(`border`,`border: var(--n-border-checked);`)])]),w(`&:focus:not(:active)`,[u(`checkbox-box`,[d(`border`,`
 border: var(--n-border-focus);
 box-shadow: var(--n-box-shadow-focus);
 `)])]),a(`inside-table`,[u(`checkbox-box`,`
 background-color: var(--n-merged-color-table);
 `)]),a(`checked`,[u(`checkbox-box`,`
 background-color: var(--n-color-checked);
 `,[u(`checkbox-icon`,[w(`.check-icon`,`
 opacity: 1;
 transform: scale(1);
 `)])])]),a(`indeterminate`,[u(`checkbox-box`,[u(`checkbox-icon`,[w(`.check-icon`,`
 opacity: 0;
 transform: scale(.5);
 `),w(`.line-icon`,`
 opacity: 1;
 transform: scale(1);
 `)])])]),a(`checked, indeterminate`,[w(`&:focus:not(:active)`,[u(`checkbox-box`,[d(`border`,`
 border: var(--n-border-checked);
 box-shadow: var(--n-box-shadow-focus);
 `)])]),u(`checkbox-box`,`
 background-color: var(--n-color-checked);
 border-left: 0;
 border-top: 0;
 `,[d(`border`,{border:`var(--n-border-checked)`})])]),a(`disabled`,{cursor:`not-allowed`},[a(`checked`,[u(`checkbox-box`,`
 background-color: var(--n-color-disabled-checked);
 `,[d(`border`,{border:`var(--n-border-disabled-checked)`}),u(`checkbox-icon`,[w(`.check-icon, .line-icon`,{fill:`var(--n-check-mark-color-disabled-checked)`})])])]),u(`checkbox-box`,`
 background-color: var(--n-color-disabled);
 `,[d(`border`,`
 border: var(--n-border-disabled);
 `),u(`checkbox-icon`,[w(`.check-icon, .line-icon`,`
 fill: var(--n-check-mark-color-disabled);
 `)])]),d(`label`,`
 color: var(--n-text-color-disabled);
 `)]),u(`checkbox-box-wrapper`,`
 position: relative;
 width: var(--n-size);
 flex-shrink: 0;
 flex-grow: 0;
 user-select: none;
 -webkit-user-select: none;
 `),u(`checkbox-box`,`
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
 `,[d(`border`,`
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
 `),u(`checkbox-icon`,`
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
 `),T({left:`1px`,top:`1px`})])]),d(`label`,`
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 user-select: none;
 -webkit-user-select: none;
 padding: var(--n-label-padding);
 font-weight: var(--n-label-font-weight);
 `,[w(`&:empty`,{display:`none`})])]),p(u(`checkbox`,`
 --n-merged-color-table: var(--n-color-table-modal);
 `)),F(u(`checkbox`,`
 --n-merged-color-table: var(--n-color-table-popover);
 `))]),V=[`id`],H=[`tabindex`,`aria-checked`,`aria-labelledby`,`onKeyup`,`onKeydown`,`onClick`],U={...g.props,size:String,checked:{type:[Boolean,String,Number],default:void 0},defaultChecked:{type:[Boolean,String,Number],default:!1},value:[String,Number],disabled:{type:Boolean,default:void 0},indeterminate:Boolean,label:String,focusable:{type:Boolean,default:!0},checkedValue:{type:[Boolean,String,Number],default:!0},uncheckedValue:{type:[Boolean,String,Number],default:!1},"onUpdate:checked":[Function,Array],onUpdateChecked:[Function,Array],privateInsideTable:Boolean,onChange:[Function,Array]},W=E({name:`Checkbox`,props:U,setup(e){let n=S(G,null),a=t(null),{mergedClsPrefixRef:c,inlineThemeDisabled:u,mergedRtlRef:d,mergedComponentPropsRef:f}=o(e),p=t(e.defaultChecked),m=_(e,`checked`),h=L(m,p),v=P(()=>{if(n){let t=n.valueSetRef.value;return t&&e.value!==void 0?t.has(e.value):!1}return h.value===e.checkedValue}),b=l(e,{mergedSize(t){let{size:r}=e;if(r!==void 0)return r;if(n){let{value:e}=n.mergedSizeRef;if(e!==void 0)return e}if(t){let{mergedSize:e}=t;if(e!==void 0)return e.value}return f?.value?.Checkbox?.size||`medium`},mergedDisabled(t){let{disabled:r}=e;if(r!==void 0)return r;if(n){if(n.disabledRef.value)return!0;let{maxRef:{value:e},checkedCountRef:t}=n;if(e!==void 0&&t.value>=e&&!v.value)return!0;let{minRef:{value:r}}=n;if(r!==void 0&&t.value<=r&&v.value)return!0}return t?t.disabled.value:!1}}),{mergedDisabledRef:x,mergedSizeRef:C}=b,w=g(`Checkbox`,`-checkbox`,B,I,e,c);function T(t){if(n&&e.value!==void 0)n.toggleCheckbox(!v.value,e.value);else{let{onChange:n,"onUpdate:checked":r,onUpdateChecked:i}=e,{nTriggerFormInput:a,nTriggerFormChange:o}=b,s=v.value?e.uncheckedValue:e.checkedValue;r&&k(r,s,t),i&&k(i,s,t),n&&k(n,s,t),a(),o(),p.value=s}}function E(e){x.value||T(e)}function O(e){if(!x.value)switch(e.key){case` `:case`Enter`:T(e)}}function A(e){e.key===` `&&e.preventDefault()}let j={focus:()=>{a.value?.focus()},blur:()=>{a.value?.blur()}},M=y(`Checkbox`,d,c),N=D(()=>{let{value:e}=C,{common:{cubicBezierEaseInOut:t},self:{borderRadius:n,color:r,colorChecked:i,colorDisabled:a,colorTableHeader:o,colorTableHeaderModal:c,colorTableHeaderPopover:l,checkMarkColor:u,checkMarkColorDisabled:d,border:f,borderFocus:p,borderDisabled:m,borderChecked:h,boxShadowFocus:g,textColor:_,textColorDisabled:v,checkMarkColorDisabledChecked:y,colorDisabledChecked:b,borderDisabledChecked:x,labelPadding:S,labelLineHeight:T,labelFontWeight:E,[s(`fontSize`,e)]:D,[s(`size`,e)]:O}}=w.value;return{"--n-label-line-height":T,"--n-label-font-weight":E,"--n-size":O,"--n-bezier":t,"--n-border-radius":n,"--n-border":f,"--n-border-checked":h,"--n-border-focus":p,"--n-border-disabled":m,"--n-border-disabled-checked":x,"--n-box-shadow-focus":g,"--n-color":r,"--n-color-checked":i,"--n-color-table":o,"--n-color-table-modal":c,"--n-color-table-popover":l,"--n-color-disabled":a,"--n-color-disabled-checked":b,"--n-text-color":_,"--n-text-color-disabled":v,"--n-check-mark-color":u,"--n-check-mark-color-disabled":d,"--n-check-mark-color-disabled-checked":y,"--n-font-size":D,"--n-label-padding":S}}),F=u?r(`checkbox`,D(()=>C.value[0]),N,e):void 0;return Object.assign(b,j,{rtlEnabled:M,selfRef:a,mergedClsPrefix:c,mergedDisabled:x,renderedChecked:v,mergedTheme:w,labelId:i(),handleClick:E,handleKeyUp:O,handleKeyDown:A,cssVars:u?void 0:N,themeClass:F?.themeClass,onRender:F?.onRender})},render(){let{$slots:t,renderedChecked:n,mergedDisabled:r,indeterminate:i,privateInsideTable:a,cssVars:o,labelId:s,label:l,mergedClsPrefix:u,focusable:d,handleKeyUp:f,handleKeyDown:p,handleClick:g}=this;this.onRender?.();let _=x(t.default,e=>l||e?(h(),O(`span`,{key:1,class:m(`${u}-checkbox__label`),id:s},[v(()=>l||e)],10,V)):null);return(()=>{let t=c(`70be6e74cd27cb50`);return h(),O(`div`,{ref:`selfRef`,class:m([`${u}-checkbox`,this.themeClass,this.rtlEnabled&&`${u}-checkbox--rtl`,n&&`${u}-checkbox--checked`,r&&`${u}-checkbox--disabled`,i&&`${u}-checkbox--indeterminate`,a&&`${u}-checkbox--inside-table`,_&&`${u}-checkbox--show-label`]),tabindex:r||!d?void 0:0,role:`checkbox`,"aria-checked":i?`mixed`:n,"aria-labelledby":s,style:j(o),onKeyup:f,onKeydown:p,onClick:g,onMousedown:t[0]||=()=>{A(`selectstart`,window,e=>{e.preventDefault()},{once:!0})}},[N(`div`,{class:m(`${u}-checkbox-box-wrapper`)},[t[1]||=v(`\xA0`,-1),N(`div`,{class:m(`${u}-checkbox-box`)},[b(e,null,{default:()=>this.indeterminate?(h(),O(`div`,{key:`indeterminate`,class:m(`${u}-checkbox-icon`)},[v(()=>z())],2)):(h(),O(`div`,{key:`check`,class:m(`${u}-checkbox-icon`)},[v(()=>R())],2))},1024),N(`div`,{class:m(`${u}-checkbox-box__border`)},null,2)],2)],2),v(()=>_)],46,H)})()}}),G=M(`n-checkbox-group`),K=E({name:`CheckboxGroup`,props:{min:Number,max:Number,size:String,options:Array,labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},value:Array,defaultValue:{type:Array,default:null},disabled:{type:Boolean,default:void 0},"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array],onChange:[Function,Array]},setup(e){let{mergedClsPrefixRef:r}=o(e),i=l(e),{mergedSizeRef:a,mergedDisabledRef:s}=i,c=t(e.defaultValue),u=D(()=>e.value),d=L(u,c),f=D(()=>d.value?.length||0),p=D(()=>Array.isArray(d.value)?new Set(d.value):new Set);function m(t,n){let{nTriggerFormInput:r,nTriggerFormChange:a}=i,{onChange:o,"onUpdate:value":s,onUpdateValue:l}=e;if(Array.isArray(d.value)){let e=Array.from(d.value),i=e.findIndex(e=>e===n);t?~i||(e.push(n),l&&k(l,e,{actionType:`check`,value:n}),s&&k(s,e,{actionType:`check`,value:n}),r(),a(),c.value=e,o&&k(o,e)):~i&&(e.splice(i,1),l&&k(l,e,{actionType:`uncheck`,value:n}),s&&k(s,e,{actionType:`uncheck`,value:n}),o&&k(o,e),c.value=e,r(),a())}else t?(l&&k(l,[n],{actionType:`check`,value:n}),s&&k(s,[n],{actionType:`check`,value:n}),o&&k(o,[n]),c.value=[n],r(),a()):(l&&k(l,[],{actionType:`uncheck`,value:n}),s&&k(s,[],{actionType:`uncheck`,value:n}),o&&k(o,[]),c.value=[],r(),a())}return n(G,{checkedCountRef:f,maxRef:_(e,`max`),minRef:_(e,`min`),valueSetRef:p,disabledRef:s,mergedSizeRef:a,toggleCheckbox:m}),{mergedClsPrefix:r}},render(){let{options:e,labelField:t,valueField:n}=this.$props;return h(),O(`div`,{class:m(`${this.mergedClsPrefix}-checkbox-group`),role:`group`},[e?(h(),O(f,{key:0},[v(()=>e.map(e=>{let r=e[n];return h(),C(W,{key:r,value:r,disabled:e.disabled,label:e[t]},null,8,[`value`,`disabled`,`label`])}))],64)):(h(),O(f,{key:1},[v(()=>this.$slots.default?.())],64))],2)}});export{W as n,K as t};