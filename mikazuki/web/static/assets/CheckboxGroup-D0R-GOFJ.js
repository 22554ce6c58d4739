import{$t as e,At as t,C as n,D as r,Dt as i,Gn as a,H as o,Mt as s,O as c,Ot as l,Qt as u,R as d,Rn as f,S as p,Tt as m,Vn as h,Y as g,Zt as _,an as v,bn as y,cn as b,jt as x,q as S,qt as C,rn as w,tn as T,wt as E,yn as D,z as O}from"./failure-DdhVUdvy.js";import{D as k,M as A,R as j,V as M,W as N,d as P,et as F}from"./Button-5vQ51-9u.js";import{q as I}from"./index-DU_01afT.js";import{t as L}from"./use-merged-state-C3-zl2cW.js";var R=()=>(()=>{let e=d(`75be776d8875fa17`);return e[0]||=u(`svg`,{viewBox:`0 0 64 64`,class:`check-icon`},[u(`path`,{d:`M50.42,16.76L22.34,39.45l-8.1-11.46c-1.12-1.58-3.3-1.96-4.88-0.84c-1.58,1.12-1.95,3.3-0.84,4.88l10.26,14.51  c0.56,0.79,1.42,1.31,2.38,1.45c0.16,0.02,0.32,0.03,0.48,0.03c0.8,0,1.57-0.27,2.2-0.78l30.99-25.03c1.5-1.21,1.74-3.42,0.52-4.92  C54.13,15.78,51.93,15.55,50.42,16.76z`})],-1)})(),z=()=>(()=>{let e=d(`c6eed899356c8404`);return e[0]||=u(`svg`,{viewBox:`0 0 100 100`,class:`line-icon`},[u(`path`,{d:`M80.2,55.5H21.4c-2.8,0-5.1-2.5-5.1-5.5l0,0c0-3,2.3-5.5,5.1-5.5h58.7c2.8,0,5.1,2.5,5.1,5.5l0,0C85.2,53.1,82.9,55.5,80.2,55.5z`})],-1)})(),B=E([m(`checkbox`,`
 font-size: var(--n-font-size);
 outline: none;
 cursor: pointer;
 display: inline-flex;
 flex-wrap: nowrap;
 align-items: flex-start;
 word-break: break-word;
 line-height: var(--n-size);
 --n-merged-color-table: var(--n-color-table);
 `,[l(`show-label`,`line-height: var(--n-label-line-height);`),E(`&:hover`,[m(`checkbox-box`,[i(`border`,`border: var(--n-border-checked);`)])]),E(`&:focus:not(:active)`,[m(`checkbox-box`,[i(`border`,`
 border: var(--n-border-focus);
 box-shadow: var(--n-box-shadow-focus);
 `)])]),l(`inside-table`,[m(`checkbox-box`,`
 background-color: var(--n-merged-color-table);
 `)]),l(`checked`,[m(`checkbox-box`,`
 background-color: var(--n-color-checked);
 `,[m(`checkbox-icon`,[E(`.check-icon`,`
 opacity: 1;
 transform: scale(1);
 `)])])]),l(`indeterminate`,[m(`checkbox-box`,[m(`checkbox-icon`,[E(`.check-icon`,`
 opacity: 0;
 transform: scale(.5);
 `),E(`.line-icon`,`
 opacity: 1;
 transform: scale(1);
 `)])])]),l(`checked, indeterminate`,[E(`&:focus:not(:active)`,[m(`checkbox-box`,[i(`border`,`
 border: var(--n-border-checked);
 box-shadow: var(--n-box-shadow-focus);
 `)])]),m(`checkbox-box`,`
 background-color: var(--n-color-checked);
 border-left: 0;
 border-top: 0;
 `,[i(`border`,{border:`var(--n-border-checked)`})])]),l(`disabled`,{cursor:`not-allowed`},[l(`checked`,[m(`checkbox-box`,`
 background-color: var(--n-color-disabled-checked);
 `,[i(`border`,{border:`var(--n-border-disabled-checked)`}),m(`checkbox-icon`,[E(`.check-icon, .line-icon`,{fill:`var(--n-check-mark-color-disabled-checked)`})])])]),m(`checkbox-box`,`
 background-color: var(--n-color-disabled);
 `,[i(`border`,`
 border: var(--n-border-disabled);
 `),m(`checkbox-icon`,[E(`.check-icon, .line-icon`,`
 fill: var(--n-check-mark-color-disabled);
 `)])]),i(`label`,`
 color: var(--n-text-color-disabled);
 `)]),m(`checkbox-box-wrapper`,`
 position: relative;
 width: var(--n-size);
 flex-shrink: 0;
 flex-grow: 0;
 user-select: none;
 -webkit-user-select: none;
 `),m(`checkbox-box`,`
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
 `,[i(`border`,`
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
 `),m(`checkbox-icon`,`
 display: flex;
 align-items: center;
 justify-content: center;
 position: absolute;
 left: 1px;
 right: 1px;
 top: 1px;
 bottom: 1px;
 `,[E(`.check-icon, .line-icon`,`
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
 `),p({left:`1px`,top:`1px`})])]),i(`label`,`
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 user-select: none;
 -webkit-user-select: none;
 padding: var(--n-label-padding);
 font-weight: var(--n-label-font-weight);
 `,[E(`&:empty`,{display:`none`})])]),x(m(`checkbox`,`
 --n-merged-color-table: var(--n-color-table-modal);
 `)),s(m(`checkbox`,`
 --n-merged-color-table: var(--n-color-table-popover);
 `))]),V=[`id`],H=[`tabindex`,`aria-checked`,`aria-labelledby`,`onKeyup`,`onKeydown`,`onClick`],U={...r.props,size:String,checked:{type:[Boolean,String,Number],default:void 0},defaultChecked:{type:[Boolean,String,Number],default:!1},value:[String,Number],disabled:{type:Boolean,default:void 0},indeterminate:Boolean,label:String,focusable:{type:Boolean,default:!0},checkedValue:{type:[Boolean,String,Number],default:!0},uncheckedValue:{type:[Boolean,String,Number],default:!1},"onUpdate:checked":[Function,Array],onUpdateChecked:[Function,Array],privateInsideTable:Boolean,onChange:[Function,Array]},W=v({name:`Checkbox`,props:U,setup(e){let n=b(G,null),i=f(null),{mergedClsPrefixRef:a,inlineThemeDisabled:o,mergedRtlRef:s,mergedComponentPropsRef:l}=S(e),u=f(e.defaultChecked),d=h(e,`checked`),p=L(d,u),m=M(()=>{if(n){let t=n.valueSetRef.value;return t&&e.value!==void 0?t.has(e.value):!1}return p.value===e.checkedValue}),g=P(e,{mergedSize(t){let{size:r}=e;if(r!==void 0)return r;if(n){let{value:e}=n.mergedSizeRef;if(e!==void 0)return e}if(t){let{mergedSize:e}=t;if(e!==void 0)return e.value}return l?.value?.Checkbox?.size||`medium`},mergedDisabled(t){let{disabled:r}=e;if(r!==void 0)return r;if(n){if(n.disabledRef.value)return!0;let{maxRef:{value:e},checkedCountRef:t}=n;if(e!==void 0&&t.value>=e&&!m.value)return!0;let{minRef:{value:r}}=n;if(r!==void 0&&t.value<=r&&m.value)return!0}return t?t.disabled.value:!1}}),{mergedDisabledRef:v,mergedSizeRef:y}=g,x=r(`Checkbox`,`-checkbox`,B,I,e,a);function C(t){if(n&&e.value!==void 0)n.toggleCheckbox(!m.value,e.value);else{let{onChange:n,"onUpdate:checked":r,onUpdateChecked:i}=e,{nTriggerFormInput:a,nTriggerFormChange:o}=g,s=m.value?e.uncheckedValue:e.checkedValue;r&&j(r,s,t),i&&j(i,s,t),n&&j(n,s,t),a(),o(),u.value=s}}function w(e){v.value||C(e)}function T(e){if(!v.value)switch(e.key){case` `:case`Enter`:C(e)}}function E(e){e.key===` `&&e.preventDefault()}let D={focus:()=>{i.value?.focus()},blur:()=>{i.value?.blur()}},O=k(`Checkbox`,s,a),A=_(()=>{let{value:e}=y,{common:{cubicBezierEaseInOut:n},self:{borderRadius:r,color:i,colorChecked:a,colorDisabled:o,colorTableHeader:s,colorTableHeaderModal:c,colorTableHeaderPopover:l,checkMarkColor:u,checkMarkColorDisabled:d,border:f,borderFocus:p,borderDisabled:m,borderChecked:h,boxShadowFocus:g,textColor:_,textColorDisabled:v,checkMarkColorDisabledChecked:b,colorDisabledChecked:S,borderDisabledChecked:C,labelPadding:w,labelLineHeight:T,labelFontWeight:E,[t(`fontSize`,e)]:D,[t(`size`,e)]:O}}=x.value;return{"--n-label-line-height":T,"--n-label-font-weight":E,"--n-size":O,"--n-bezier":n,"--n-border-radius":r,"--n-border":f,"--n-border-checked":h,"--n-border-focus":p,"--n-border-disabled":m,"--n-border-disabled-checked":C,"--n-box-shadow-focus":g,"--n-color":i,"--n-color-checked":a,"--n-color-table":s,"--n-color-table-modal":c,"--n-color-table-popover":l,"--n-color-disabled":o,"--n-color-disabled-checked":S,"--n-text-color":_,"--n-text-color-disabled":v,"--n-check-mark-color":u,"--n-check-mark-color-disabled":d,"--n-check-mark-color-disabled-checked":b,"--n-font-size":D,"--n-label-padding":w}}),N=o?c(`checkbox`,_(()=>y.value[0]),A,e):void 0;return Object.assign(g,D,{rtlEnabled:O,selfRef:i,mergedClsPrefix:a,mergedDisabled:v,renderedChecked:m,mergedTheme:x,labelId:F(),handleClick:w,handleKeyUp:T,handleKeyDown:E,cssVars:o?void 0:A,themeClass:N?.themeClass,onRender:N?.onRender})},render(){let{$slots:e,renderedChecked:t,mergedDisabled:r,indeterminate:i,privateInsideTable:s,cssVars:c,labelId:l,label:f,mergedClsPrefix:p,focusable:m,handleKeyUp:h,handleKeyDown:g,handleClick:_}=this;this.onRender?.();let v=A(e.default,e=>f||e?(D(),T(`span`,{key:1,class:O(`${p}-checkbox__label`),id:l},[o(()=>f||e)],10,V)):null);return(()=>{let e=d(`70be6e74cd27cb50`);return D(),T(`div`,{ref:`selfRef`,class:O([`${p}-checkbox`,this.themeClass,this.rtlEnabled&&`${p}-checkbox--rtl`,t&&`${p}-checkbox--checked`,r&&`${p}-checkbox--disabled`,i&&`${p}-checkbox--indeterminate`,s&&`${p}-checkbox--inside-table`,v&&`${p}-checkbox--show-label`]),tabindex:r||!m?void 0:0,role:`checkbox`,"aria-checked":i?`mixed`:t,"aria-labelledby":l,style:a(c),onKeyup:h,onKeydown:g,onClick:_,onMousedown:e[0]||=()=>{N(`selectstart`,window,e=>{e.preventDefault()},{once:!0})}},[u(`div`,{class:O(`${p}-checkbox-box-wrapper`)},[e[1]||=o(`\xA0`,-1),u(`div`,{class:O(`${p}-checkbox-box`)},[w(n,null,{default:()=>this.indeterminate?(D(),T(`div`,{key:`indeterminate`,class:O(`${p}-checkbox-icon`)},[o(()=>z())],2)):(D(),T(`div`,{key:`check`,class:O(`${p}-checkbox-icon`)},[o(()=>R())],2))},1024),u(`div`,{class:O(`${p}-checkbox-box__border`)},null,2)],2)],2),o(()=>v)],46,H)})()}}),G=g(`n-checkbox-group`),K=v({name:`CheckboxGroup`,props:{min:Number,max:Number,size:String,options:Array,labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},value:Array,defaultValue:{type:Array,default:null},disabled:{type:Boolean,default:void 0},"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array],onChange:[Function,Array]},setup(e){let{mergedClsPrefixRef:t}=S(e),n=P(e),{mergedSizeRef:r,mergedDisabledRef:i}=n,a=f(e.defaultValue),o=_(()=>e.value),s=L(o,a),c=_(()=>s.value?.length||0),l=_(()=>Array.isArray(s.value)?new Set(s.value):new Set);function u(t,r){let{nTriggerFormInput:i,nTriggerFormChange:o}=n,{onChange:c,"onUpdate:value":l,onUpdateValue:u}=e;if(Array.isArray(s.value)){let e=Array.from(s.value),n=e.findIndex(e=>e===r);t?~n||(e.push(r),u&&j(u,e,{actionType:`check`,value:r}),l&&j(l,e,{actionType:`check`,value:r}),i(),o(),a.value=e,c&&j(c,e)):~n&&(e.splice(n,1),u&&j(u,e,{actionType:`uncheck`,value:r}),l&&j(l,e,{actionType:`uncheck`,value:r}),c&&j(c,e),a.value=e,i(),o())}else t?(u&&j(u,[r],{actionType:`check`,value:r}),l&&j(l,[r],{actionType:`check`,value:r}),c&&j(c,[r]),a.value=[r],i(),o()):(u&&j(u,[],{actionType:`uncheck`,value:r}),l&&j(l,[],{actionType:`uncheck`,value:r}),c&&j(c,[]),a.value=[],i(),o())}return y(G,{checkedCountRef:c,maxRef:h(e,`max`),minRef:h(e,`min`),valueSetRef:l,disabledRef:i,mergedSizeRef:r,toggleCheckbox:u}),{mergedClsPrefix:t}},render(){let{options:t,labelField:n,valueField:r}=this.$props;return D(),T(`div`,{class:O(`${this.mergedClsPrefix}-checkbox-group`),role:`group`},[t?(D(),T(C,{key:0},[o(()=>t.map(t=>{let i=t[r];return D(),e(W,{key:i,value:i,disabled:t.disabled,label:t[n]},null,8,[`value`,`disabled`,`label`])}))],64)):(D(),T(C,{key:1},[o(()=>this.$slots.default?.())],64))],2)}});export{W as n,K as t};