import{a as e,c as t,d as n,f as r,i,o as a,r as o,s,t as c,u as l}from"./Popover-B5rHp7sg.js";import{Ar as u,Br as d,C as f,Cr as p,Ct as m,D as h,Fn as g,Gt as _,Hn as v,In as y,It as b,J as x,Jn as S,L as C,Ln as w,Lt as ee,M as te,Mn as T,Mt as E,Nr as D,Pn as O,Pt as k,Q as ne,Qn as A,Rt as j,Sr as M,St as N,Tr as re,Ur as P,Ut as ie,V as F,Vt as I,W as L,Y as ae,_ as oe,br as R,bt as z,cr as B,dr as se,et as V,fr as ce,hr as H,ir as U,jn as W,jr as le,lr as G,mr as K,nr as q,or as J,ot as Y,qr as X,rr as Z,st as ue,ut as de,vr as fe,w as pe,zt as Q}from"./_plugin-vue_export-helper-B-WZ0uXV.js";import{a as me,i as he,r as ge,t as _e}from"./Suffix-BI57B1ez.js";import{I as ve,W as ye,nt as be,tt as xe,z as Se}from"./index-BjIIC0LP.js";import{n as Ce,t as we}from"./Tag-C3ZkeMcS.js";var Te=G({name:`Empty`,render(){return(()=>{let e=ee(`15c1a247ae156450`);return e[0]||=Z(`svg`,{viewBox:`0 0 28 28`,fill:`none`,xmlns:`http://www.w3.org/2000/svg`},[Z(`path`,{d:`M26 7.5C26 11.0899 23.0899 14 19.5 14C15.9101 14 13 11.0899 13 7.5C13 3.91015 15.9101 1 19.5 1C23.0899 1 26 3.91015 26 7.5ZM16.8536 4.14645C16.6583 3.95118 16.3417 3.95118 16.1464 4.14645C15.9512 4.34171 15.9512 4.65829 16.1464 4.85355L18.7929 7.5L16.1464 10.1464C15.9512 10.3417 15.9512 10.6583 16.1464 10.8536C16.3417 11.0488 16.6583 11.0488 16.8536 10.8536L19.5 8.20711L22.1464 10.8536C22.3417 11.0488 22.6583 11.0488 22.8536 10.8536C23.0488 10.6583 23.0488 10.3417 22.8536 10.1464L20.2071 7.5L22.8536 4.85355C23.0488 4.65829 23.0488 4.34171 22.8536 4.14645C22.6583 3.95118 22.3417 3.95118 22.1464 4.14645L19.5 6.79289L16.8536 4.14645Z`,fill:`currentColor`}),Z(`path`,{d:`M25 22.75V12.5991C24.5572 13.0765 24.053 13.4961 23.5 13.8454V16H17.5L17.3982 16.0068C17.0322 16.0565 16.75 16.3703 16.75 16.75C16.75 18.2688 15.5188 19.5 14 19.5C12.4812 19.5 11.25 18.2688 11.25 16.75L11.2432 16.6482C11.1935 16.2822 10.8797 16 10.5 16H4.5V7.25C4.5 6.2835 5.2835 5.5 6.25 5.5H12.2696C12.4146 4.97463 12.6153 4.47237 12.865 4H6.25C4.45507 4 3 5.45507 3 7.25V22.75C3 24.5449 4.45507 26 6.25 26H21.75C23.5449 26 25 24.5449 25 22.75ZM4.5 22.75V17.5H9.81597L9.85751 17.7041C10.2905 19.5919 11.9808 21 14 21L14.215 20.9947C16.2095 20.8953 17.842 19.4209 18.184 17.5H23.5V22.75C23.5 23.7165 22.7165 24.5 21.75 24.5H6.25C5.2835 24.5 4.5 23.7165 4.5 22.75Z`,fill:`currentColor`})],-1)})()}}),Ee=T(`empty`,`
 display: flex;
 flex-direction: column;
 align-items: center;
 font-size: var(--n-font-size);
`,[O(`icon`,`
 width: var(--n-icon-size);
 height: var(--n-icon-size);
 font-size: var(--n-icon-size);
 line-height: var(--n-icon-size);
 color: var(--n-icon-color);
 transition:
 color .3s var(--n-bezier);
 `,[W(`+`,[O(`description`,`
 margin-top: 8px;
 `)])]),O(`description`,`
 transition: color .3s var(--n-bezier);
 color: var(--n-text-color);
 `),O(`extra`,`
 text-align: center;
 transition: color .3s var(--n-bezier);
 margin-top: 12px;
 color: var(--n-extra-text-color);
 `)]),De={...N.props,description:String,showDescription:{type:Boolean,default:!0},showIcon:{type:Boolean,default:!0},size:{type:String,default:`medium`},renderIcon:Function},Oe=G({name:`Empty`,props:De,slots:Object,setup(e){let{mergedClsPrefixRef:t,inlineThemeDisabled:n,mergedComponentPropsRef:r}=_(e),i=N(`Empty`,`-empty`,Ee,be,e,t),{localeRef:a}=me(`Empty`),o=q(()=>e.description??r?.value?.Empty?.description),s=q(()=>r?.value?.Empty?.renderIcon||(()=>(M(),U(Te)))),c=q(()=>{let{size:t}=e,{common:{cubicBezierEaseInOut:n},self:{[w(`iconSize`,t)]:r,[w(`fontSize`,t)]:a,textColor:o,iconColor:s,extraTextColor:c}}=i.value;return{"--n-icon-size":r,"--n-font-size":a,"--n-bezier":n,"--n-text-color":o,"--n-icon-color":s,"--n-extra-text-color":c}}),l=n?m(`empty`,q(()=>{let t=``,{size:n}=e;return t+=n[0],t}),c,e):void 0;return{mergedClsPrefix:t,mergedRenderIcon:s,localizedDescription:q(()=>o.value||a.value.description),cssVars:n?void 0:c,themeClass:l?.themeClass,onRender:l?.onRender}},render(){let{$slots:e,mergedClsPrefix:t,onRender:n}=this;return n?.(),M(),J(`div`,{class:j([`${t}-empty`,this.themeClass]),style:X(this.cssVars)},[this.showIcon?(M(),J(`div`,{key:0,class:j(`${t}-empty__icon`)},[e.icon?(M(),J(A,{key:0},[I(()=>e.icon())],64)):(M(),U(z,{key:1,clsPrefix:t},{default:this.mergedRenderIcon},1032,[`clsPrefix`]))],2)):I(()=>null),this.showDescription?(M(),J(`div`,{key:2,class:j(`${t}-empty__description`)},[e.default?(M(),J(A,{key:0},[I(()=>e.default())],64)):(M(),J(A,{key:1},[I(()=>this.localizedDescription)],64))],2)):I(()=>null),e.extra?(M(),J(`div`,{key:4,class:j(`${t}-empty__extra`)},[I(()=>e.extra())],2)):I(()=>null)],6)}}),$=`v-hidden`,ke=e(`[v-hidden]`,{display:`none!important`}),Ae=G({name:`Overflow`,props:{getCounter:Function,getTail:Function,updateCounter:Function,onUpdateCount:Function,onUpdateOverflow:Function},setup(e,{slots:t}){let n=d(null),r=d(null);function i(i){let{value:a}=n,{getCounter:o,getTail:s}=e,c;if(c=o===void 0?r.value:o(),!a||!c)return;c.hasAttribute($)&&c.removeAttribute($);let{children:l}=a;if(i.showAllItemsBeforeCalculate)for(let e of l)e.hasAttribute($)&&e.removeAttribute($);let u=a.offsetWidth,d=[],f=t.tail?s?.():null,p=f?f.offsetWidth:0,m=!1,h=a.children.length-+!!t.tail;for(let t=0;t<h-1;++t){if(t<0)continue;let n=l[t];if(m){n.hasAttribute($)||n.setAttribute($,``);continue}n.hasAttribute($)&&n.removeAttribute($);let r=n.offsetWidth;if(p+=r,d[t]=r,p>u){let{updateCounter:n}=e;for(let r=t;r>=0;--r){let i=h-1-r;n===void 0?c.textContent=`${i}`:n(i);let a=c.offsetWidth;if(p-=d[r],p+a<=u||r===0){m=!0,t=r-1,f&&(t===-1?(f.style.maxWidth=`${u-a}px`,f.style.boxSizing=`border-box`):f.style.maxWidth=``);let{onUpdateCount:n}=e;n&&n(i);break}}}}let{onUpdateOverflow:g}=e;m?g!==void 0&&g(!0):(g!==void 0&&g(!1),c.setAttribute($,``))}let o=ie();return ke.mount({id:`vueuc/overflow`,head:!0,anchorMetaName:a,ssr:o}),R(()=>i({showAllItemsBeforeCalculate:!1})),{selfRef:n,counterRef:r,sync:i}},render(){let{$slots:e}=this;return H(()=>this.sync({showAllItemsBeforeCalculate:!1})),se(`div`,{class:`v-overflow`,ref:`selfRef`},[re(e,`default`),e.counter?e.counter():se(`span`,{style:{display:`inline-block`},ref:`counterRef`}),e.tail?e.tail():null])}});function je(e){switch(typeof e){case`string`:return e||void 0;case`number`:return String(e);default:return}}function Me(e,t){t&&(R(()=>{let{value:n}=e;n&&F.registerHandler(n,t)}),u(e,(e,t)=>{t&&F.unregisterHandler(t)},{deep:!1}),fe(()=>{let{value:t}=e;t&&F.unregisterHandler(t)}))}var Ne=G({props:{onFocus:Function,onBlur:Function},setup(e){return()=>(()=>{let t=ee(`d16ead82505dc285`);return M(),J(`div`,{style:`width: 0; height: 0`,tabindex:0,onFocus:t[0]||=t=>e.onFocus?.(t),onBlur:t[1]||=t=>e.onBlur?.(t)},null,32)})()}}),Pe=G({name:`NBaseSelectGroupHeader`,props:{clsPrefix:{type:String,required:!0},tmNode:{type:Object,required:!0}},setup(){let{renderLabelRef:e,renderOptionRef:t,labelFieldRef:n,nodePropsRef:i}=ce(r);return{labelField:n,nodeProps:i,renderLabel:e,renderOption:t}},render(){let{clsPrefix:e,renderLabel:t,renderOption:n,nodeProps:r,tmNode:{rawNode:i}}=this,a=r?.(i),o=t?t(i,!1):pe(i[this.labelField],i,!1),s=(M(),J(`div`,K(a,{class:[`${e}-base-select-group-header`,a?.class]}),[I(()=>o)],16));return i.render?i.render({node:s,option:i}):n?n({node:s,option:i,selected:!1}):s}}),Fe=G({name:`Checkmark`,render(){return(()=>{let e=ee(`3c84eac8ae4e1f96`);return e[0]||=Z(`svg`,{xmlns:`http://www.w3.org/2000/svg`,viewBox:`0 0 16 16`},[Z(`g`,{fill:`none`},[Z(`path`,{d:`M14.046 3.486a.75.75 0 0 1-.032 1.06l-7.93 7.474a.85.85 0 0 1-1.188-.022l-2.68-2.72a.75.75 0 1 1 1.068-1.053l2.234 2.267l7.468-7.038a.75.75 0 0 1 1.06.032z`,fill:`currentColor`})])],-1)})()}}),Ie=[`onClick`,`onMouseenter`,`onMousemove`];function Le(e,t){return M(),U(v,{name:`fade-in-scale-up-transition`},{default:()=>e?(M(),U(z,{key:1,clsPrefix:t,class:j(`${t}-base-select-option__check`)},{default:()=>se(Fe)},1032,[`clsPrefix`,`class`])):null},1024)}var Re=G({name:`NBaseSelectOption`,props:{clsPrefix:{type:String,required:!0},tmNode:{type:Object,required:!0}},setup(e){let{valueRef:t,pendingTmNodeRef:n,multipleRef:i,valueSetRef:a,renderLabelRef:o,renderOptionRef:s,labelFieldRef:c,valueFieldRef:l,showCheckmarkRef:u,nodePropsRef:d,handleOptionClick:f,handleOptionMouseEnter:p}=ce(r),m=de(()=>{let{value:t}=n;return t?e.tmNode.key===t.key:!1});function h(t){let{tmNode:n}=e;n.disabled||f(t,n)}function g(t){let{tmNode:n}=e;n.disabled||p(t,n)}function _(t){let{tmNode:n}=e,{value:r}=m;n.disabled||r||p(t,n)}return{multiple:i,isGrouped:de(()=>{let{tmNode:t}=e,{parent:n}=t;return n&&n.rawNode.type===`group`}),showCheckmark:u,nodeProps:d,isPending:m,isSelected:de(()=>{let{value:n}=t,{value:r}=i;if(n===null)return!1;let o=e.tmNode.rawNode[l.value];if(r){let{value:e}=a;return e.has(o)}return n===o}),labelField:c,renderLabel:o,renderOption:s,handleMouseMove:_,handleMouseEnter:g,handleClick:h}},render(){let{clsPrefix:e,tmNode:{rawNode:t},isSelected:n,isPending:r,isGrouped:i,showCheckmark:a,nodeProps:o,renderOption:s,renderLabel:c,handleClick:l,handleMouseEnter:u,handleMouseMove:d}=this,f=Le(n,e),p=c?[c(t,n),a&&f]:[pe(t[this.labelField],t,n),a&&f],m=o?.(t),h=(M(),J(`div`,K(m,{class:[`${e}-base-select-option`,t.class,m?.class,{[`${e}-base-select-option--disabled`]:t.disabled,[`${e}-base-select-option--selected`]:n,[`${e}-base-select-option--grouped`]:i,[`${e}-base-select-option--pending`]:r,[`${e}-base-select-option--show-checkmark`]:a}],style:[m?.style||``,t.style||``],onClick:ye([l,m?.onClick]),onMouseenter:ye([u,m?.onMouseenter]),onMousemove:ye([d,m?.onMousemove])}),[Z(`div`,{class:j(`${e}-base-select-option__content`)},[I(()=>p)],2)],16,Ie));return t.render?t.render({node:h,option:t,selected:n}):s?s({node:h,option:t,selected:n}):h}}),ze=T(`base-select-menu`,`
 line-height: 1.5;
 outline: none;
 z-index: 0;
 position: relative;
 border-radius: var(--n-border-radius);
 transition:
 background-color .3s var(--n-bezier),
 box-shadow .3s var(--n-bezier);
 background-color: var(--n-color);
`,[T(`scrollbar`,`
 max-height: var(--n-height);
 `),T(`virtual-list`,`
 max-height: var(--n-height);
 `),T(`base-select-option`,`
 min-height: var(--n-option-height);
 font-size: var(--n-option-font-size);
 display: flex;
 align-items: center;
 `,[O(`content`,`
 z-index: 1;
 white-space: nowrap;
 text-overflow: ellipsis;
 overflow: hidden;
 `)]),T(`base-select-group-header`,`
 min-height: var(--n-option-height);
 font-size: .93em;
 display: flex;
 align-items: center;
 `),T(`base-select-menu-option-wrapper`,`
 position: relative;
 width: 100%;
 `),O(`loading, empty`,`
 display: flex;
 padding: 12px 32px;
 flex: 1;
 justify-content: center;
 `),O(`loading`,`
 color: var(--n-loading-color);
 font-size: var(--n-loading-size);
 `),O(`header`,`
 padding: 8px var(--n-option-padding-left);
 font-size: var(--n-option-font-size);
 transition: 
 color .3s var(--n-bezier),
 border-color .3s var(--n-bezier);
 border-bottom: 1px solid var(--n-action-divider-color);
 color: var(--n-action-text-color);
 `),O(`action`,`
 padding: 8px var(--n-option-padding-left);
 font-size: var(--n-option-font-size);
 transition: 
 color .3s var(--n-bezier),
 border-color .3s var(--n-bezier);
 border-top: 1px solid var(--n-action-divider-color);
 color: var(--n-action-text-color);
 `),T(`base-select-group-header`,`
 position: relative;
 cursor: default;
 padding: var(--n-option-padding);
 color: var(--n-group-header-text-color);
 `),T(`base-select-option`,`
 cursor: pointer;
 position: relative;
 padding: var(--n-option-padding);
 transition:
 color .3s var(--n-bezier),
 opacity .3s var(--n-bezier);
 box-sizing: border-box;
 color: var(--n-option-text-color);
 opacity: 1;
 `,[g(`show-checkmark`,`
 padding-right: calc(var(--n-option-padding-right) + 20px);
 `),W(`&::before`,`
 content: "";
 position: absolute;
 left: 4px;
 right: 4px;
 top: 0;
 bottom: 0;
 border-radius: var(--n-border-radius);
 transition: background-color .3s var(--n-bezier);
 `),W(`&:active`,`
 color: var(--n-option-text-color-pressed);
 `),g(`grouped`,`
 padding-left: calc(var(--n-option-padding-left) * 1.5);
 `),g(`pending`,[W(`&::before`,`
 background-color: var(--n-option-color-pending);
 `)]),g(`selected`,`
 color: var(--n-option-text-color-active);
 `,[W(`&::before`,`
 background-color: var(--n-option-color-active);
 `),g(`pending`,[W(`&::before`,`
 background-color: var(--n-option-color-active-pending);
 `)])]),g(`disabled`,`
 cursor: not-allowed;
 `,[y(`selected`,`
 color: var(--n-option-text-color-disabled);
 `),g(`selected`,`
 opacity: var(--n-option-opacity-disabled);
 `)]),O(`check`,`
 font-size: 16px;
 position: absolute;
 right: calc(var(--n-option-padding-right) - 4px);
 top: calc(50% - 7px);
 color: var(--n-option-check-color);
 transition: color .3s var(--n-bezier);
 `,[f({enterScale:`0.5`})])])]);function Be(e){return Array.isArray(e)?e:[e]}var Ve={STOP:`STOP`};function He(e,t){let n=t(e);e.children!==void 0&&n!==Ve.STOP&&e.children.forEach(e=>He(e,t))}function Ue(e,t={}){let{preserveGroup:n=!1}=t,r=[],i=n?e=>{e.isLeaf||(r.push(e.key),a(e.children))}:e=>{e.isLeaf||(e.isGroup||r.push(e.key),a(e.children))};function a(e){e.forEach(i)}return a(e),r}function We(e,t){let{isLeaf:n}=e;return n===void 0?!t(e):n}function Ge(e){return e.children}function Ke(e){return e.key}function qe(){return!1}function Je(e,t){let{isLeaf:n}=e;return!(n===!1&&!Array.isArray(t(e)))}function Ye(e){return e.disabled===!0}function Xe(e,t){return e.isLeaf===!1&&!Array.isArray(t(e))}function Ze(e){return e==null?[]:Array.isArray(e)?e:e.checkedKeys??[]}function Qe(e){return e==null||Array.isArray(e)?[]:e.indeterminateKeys??[]}function $e(e,t){let n=new Set(e);return t.forEach(e=>{n.has(e)||n.add(e)}),Array.from(n)}function et(e,t){let n=new Set(e);return t.forEach(e=>{n.has(e)&&n.delete(e)}),Array.from(n)}function tt(e){return e?.type===`group`}function nt(e){let t=new Map;return e.forEach((e,n)=>{t.set(e.key,n)}),e=>t.get(e)??null}var rt=class extends Error{constructor(){super(),this.message=`SubtreeNotLoadedError: checking a subtree whose required nodes are not fully loaded.`}};function it(e,t,n,r){return ct(t.concat(e),n,r,!1)}function at(e,t){let n=new Set;return e.forEach(e=>{let r=t.treeNodeMap.get(e);if(r!==void 0){let e=r.parent;for(;e!==null&&!(e.disabled||n.has(e.key));)n.add(e.key),e=e.parent}}),n}function ot(e,t,n,r){let i=ct(t,n,r,!1),a=ct(e,n,r,!0),o=at(e,n),s=[];return i.forEach(e=>{(a.has(e)||o.has(e))&&s.push(e)}),s.forEach(e=>i.delete(e)),i}function st(e,t){let{checkedKeys:n,keysToCheck:r,keysToUncheck:i,indeterminateKeys:a,cascade:o,leafOnly:s,checkStrategy:c,allowNotLoaded:l}=e;if(!o)return r===void 0?i===void 0?{checkedKeys:Array.from(n),indeterminateKeys:Array.from(a)}:{checkedKeys:et(n,i),indeterminateKeys:Array.from(a)}:{checkedKeys:$e(n,r),indeterminateKeys:Array.from(a)};let{levelTreeNodeMap:u}=t,d;d=i===void 0?r===void 0?ct(n,t,l,!1):it(r,n,t,l):ot(i,n,t,l);let f=c===`parent`,p=c===`child`||s,m=d,h=new Set,g=Math.max.apply(null,Array.from(u.keys()));for(let e=g;e>=0;--e){let t=e===0,n=u.get(e);for(let e of n){if(e.isLeaf)continue;let{key:n,shallowLoaded:r}=e;if(p&&r&&e.children.forEach(e=>{!e.disabled&&!e.isLeaf&&e.shallowLoaded&&m.has(e.key)&&m.delete(e.key)}),e.disabled||!r)continue;let i=!0,a=!1,o=!0;for(let t of e.children){let e=t.key;if(!t.disabled){if(o&&=!1,m.has(e))a=!0;else if(h.has(e)){a=!0,i=!1;break}else if(i=!1,a)break}}i&&!o?(f&&e.children.forEach(e=>{!e.disabled&&m.has(e.key)&&m.delete(e.key)}),m.add(n)):a&&h.add(n),t&&p&&m.has(n)&&m.delete(n)}}return{checkedKeys:Array.from(m),indeterminateKeys:Array.from(h)}}function ct(e,t,n,r){let{treeNodeMap:i,getChildren:a}=t,o=new Set,s=new Set(e);return e.forEach(e=>{let t=i.get(e);t!==void 0&&He(t,e=>{if(e.disabled)return Ve.STOP;let{key:t}=e;if(!o.has(t)&&(o.add(t),s.add(t),Xe(e.rawNode,a))){if(r)return Ve.STOP;if(!n)throw new rt}})}),s}function lt(e,{includeGroup:t=!1,includeSelf:n=!0},r){let i=r.treeNodeMap,a=e==null?null:i.get(e)??null,o={keyPath:[],treeNodePath:[],treeNode:a};if(a?.ignored)return o.treeNode=null,o;for(;a;)a.ignored||!t&&a.isGroup||o.treeNodePath.push(a),a=a.parent;return o.treeNodePath.reverse(),n||o.treeNodePath.pop(),o.keyPath=o.treeNodePath.map(e=>e.key),o}function ut(e){if(e.length===0)return null;let t=e[0];return t.isGroup||t.ignored||t.disabled?t.getNext():t}function dt(e,t){let n=e.siblings,r=n.length,{index:i}=e;return t?n[(i+1)%r]:i===n.length-1?null:n[i+1]}function ft(e,t,{loop:n=!1,includeDisabled:r=!1}={}){let i=t===`prev`?pt:dt,a={reverse:t===`prev`},o=!1,s=null;function c(t){if(t!==null){if(t===e){if(!o)o=!0;else if(!e.disabled&&!e.isGroup){s=e;return}}else if((!t.disabled||r)&&!t.ignored&&!t.isGroup){s=t;return}if(t.isGroup){let e=ht(t,a);e===null?c(i(t,n)):s=e}else{let e=i(t,!1);if(e!==null)c(e);else{let e=mt(t);e?.isGroup?c(i(e,n)):n&&c(i(t,!0))}}}}return c(e),s}function pt(e,t){let n=e.siblings,r=n.length,{index:i}=e;return t?n[(i-1+r)%r]:i===0?null:n[i-1]}function mt(e){return e.parent}function ht(e,t={}){let{reverse:n=!1}=t,{children:r}=e;if(r){let{length:e}=r,i=n?e-1:0,a=n?-1:e,o=n?-1:1;for(let e=i;e!==a;e+=o){let n=r[e];if(!n.disabled&&!n.ignored){if(n.isGroup){let e=ht(n,t);if(e!==null)return e}else return n}}}return null}var gt={getChild(){return this.ignored?null:ht(this)},getParent(){let{parent:e}=this;return e?.isGroup?e.getParent():e},getNext(e={}){return ft(this,`next`,e)},getPrev(e={}){return ft(this,`prev`,e)}};function _t(e,t){let n=t?new Set(t):void 0,r=[];function i(e){e.forEach(e=>{r.push(e),e.isLeaf||!e.children||e.ignored||(e.isGroup||n===void 0||n.has(e.key))&&i(e.children)})}return i(e),r}function vt(e,t){let n=e.key;for(;t;){if(t.key===n)return!0;t=t.parent}return!1}function yt(e,t,n,r,i,a=null,o=0){let s=[];return e.forEach((c,l)=>{var u;let d=Object.create(r);if(d.rawNode=c,d.siblings=s,d.level=o,d.index=l,d.isFirstChild=l===0,d.isLastChild=l+1===e.length,d.parent=a,!d.ignored){let e=i(c);Array.isArray(e)&&(d.children=yt(e,t,n,r,i,d,o+1))}s.push(d),t.set(d.key,d),n.has(o)||n.set(o,[]),(u=n.get(o))==null||u.push(d)}),s}function bt(e,t={}){let n=new Map,r=new Map,{getDisabled:i=Ye,getIgnored:a=qe,getIsGroup:o=tt,getKey:s=Ke}=t,c=t.getChildren??Ge,l=t.ignoreEmptyChildren?e=>{let t=c(e);return Array.isArray(t)?t.length?t:null:t}:c,u=yt(e,n,r,Object.assign({get key(){return s(this.rawNode)},get disabled(){return i(this.rawNode)},get isGroup(){return o(this.rawNode)},get isLeaf(){return We(this.rawNode,l)},get shallowLoaded(){return Je(this.rawNode,l)},get ignored(){return a(this.rawNode)},contains(e){return vt(this,e)}},gt),l);function d(e){if(e==null)return null;let t=n.get(e);return t&&!t.isGroup&&!t.ignored?t:null}function f(e){if(e==null)return null;let t=n.get(e);return t&&!t.ignored?t:null}function p(e,t){let n=f(e);return n?n.getPrev(t):null}function m(e,t){let n=f(e);return n?n.getNext(t):null}function h(e){let t=f(e);return t?t.getParent():null}function g(e){let t=f(e);return t?t.getChild():null}let _={treeNodes:u,treeNodeMap:n,levelTreeNodeMap:r,maxLevel:Math.max(...r.keys()),getChildren:l,getFlattenedNodes(e){return _t(u,e)},getNode:d,getPrev:p,getNext:m,getParent:h,getChild:g,getFirstAvailableNode(){return ut(u)},getPath(e,t={}){return lt(e,t,_)},getCheckedKeys(e,t={}){let{cascade:n=!0,leafOnly:r=!1,checkStrategy:i=`all`,allowNotLoaded:a=!1}=t;return st({checkedKeys:Ze(e),indeterminateKeys:Qe(e),cascade:n,leafOnly:r,checkStrategy:i,allowNotLoaded:a},_)},check(e,t,n={}){let{cascade:r=!0,leafOnly:i=!1,checkStrategy:a=`all`,allowNotLoaded:o=!1}=n;return st({checkedKeys:Ze(t),indeterminateKeys:Qe(t),keysToCheck:e==null?[]:Be(e),cascade:r,leafOnly:i,checkStrategy:a,allowNotLoaded:o},_)},uncheck(e,t,n={}){let{cascade:r=!0,leafOnly:i=!1,checkStrategy:a=`all`,allowNotLoaded:o=!1}=n;return st({checkedKeys:Ze(t),indeterminateKeys:Qe(t),keysToUncheck:e==null?[]:Be(e),cascade:r,leafOnly:i,checkStrategy:a,allowNotLoaded:o},_)},getNonLeafKeys(e={}){return Ue(u,e)}};return _}var xt=[`tabindex`,`onFocusin`,`onFocusout`,`onKeyup`,`onKeydown`,`onMousedown`,`onMouseenter`,`onMouseleave`],St=G({name:`InternalSelectMenu`,props:{...N.props,clsPrefix:{type:String,required:!0},scrollable:{type:Boolean,default:!0},treeMate:{type:Object,required:!0},multiple:Boolean,size:{type:String,default:`medium`},value:{type:[String,Number,Array],default:null},autoPending:Boolean,virtualScroll:{type:Boolean,default:!0},show:{type:Boolean,default:!0},labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},loading:Boolean,focusable:Boolean,renderLabel:Function,renderOption:Function,nodeProps:Function,showCheckmark:{type:Boolean,default:!0},onMousedown:Function,onScroll:Function,onFocus:Function,onBlur:Function,onKeyup:Function,onKeydown:Function,onTabOut:Function,onMouseenter:Function,onMouseleave:Function,onResize:Function,resetMenuOnOptionsChange:{type:Boolean,default:!0},inlineThemeDisabled:Boolean,scrollbarProps:Object,onToggle:Function},setup(e){let{mergedClsPrefixRef:t,mergedRtlRef:i,mergedComponentPropsRef:a}=_(e),o=ae(`InternalSelectMenu`,i,t),s=N(`InternalSelectMenu`,`-internal-select-menu`,ze,xe,e,P(e,`clsPrefix`)),c=d(null),l=d(null),f=d(null),h=q(()=>e.treeMate.getFlattenedNodes()),g=q(()=>nt(h.value)),v=d(null);function y(){let{treeMate:t}=e,n=null,{value:r}=e;r===null?n=t.getFirstAvailableNode():(n=e.multiple?t.getNode((r||[])[(r||[]).length-1]):t.getNode(r),(!n||n.disabled)&&(n=t.getFirstAvailableNode())),z(n||null)}function b(){let{value:t}=v;t&&!e.treeMate.getNode(t.key)&&(v.value=null)}let x;u(()=>e.show,t=>{t?x=u(()=>e.treeMate,()=>{e.resetMenuOnOptionsChange?(e.autoPending?y():b(),H(B)):b()},{immediate:!0}):x?.()},{immediate:!0}),fe(()=>{x?.()});let S=q(()=>E(s.value.self[w(`optionHeight`,e.size)])),C=q(()=>k(s.value.self[w(`padding`,e.size)])),ee=q(()=>e.multiple&&Array.isArray(e.value)?new Set(e.value):new Set),te=q(()=>{let e=h.value;return e&&e.length===0}),T=q(()=>a?.value?.Select?.renderEmpty);function D(t){let{onToggle:n}=e;n&&n(t)}function O(t){let{onScroll:n}=e;n&&n(t)}function ne(e){f.value?.sync(),O(e)}function A(){f.value?.sync()}function j(){let{value:e}=v;return e||null}function M(e,t){t.disabled||z(t,!1)}function re(e,t){t.disabled||D(t)}function ie(t){Ce(t,`action`)||e.onKeyup?.(t)}function F(t){Ce(t,`action`)||e.onKeydown?.(t)}function I(t){e.onMousedown?.(t),e.focusable||t.preventDefault()}function L(){let{value:e}=v;e&&z(e.getNext({loop:!0}),!0)}function oe(){let{value:e}=v;e&&z(e.getPrev({loop:!0}),!0)}function z(e,t=!1){v.value=e,t&&B()}function B(){let t=v.value;if(!t)return;let n=g.value(t.key);n!==null&&(e.virtualScroll?l.value?.scrollTo({index:n}):f.value?.scrollTo({index:n,elSize:S.value}))}function se(t){c.value?.contains(t.target)&&e.onFocus?.(t)}function V(t){c.value?.contains(t.relatedTarget)||e.onBlur?.(t)}p(r,{handleOptionMouseEnter:M,handleOptionClick:re,valueSetRef:ee,pendingTmNodeRef:v,nodePropsRef:P(e,`nodeProps`),showCheckmarkRef:P(e,`showCheckmark`),multipleRef:P(e,`multiple`),valueRef:P(e,`value`),renderLabelRef:P(e,`renderLabel`),renderOptionRef:P(e,`renderOption`),labelFieldRef:P(e,`labelField`),valueFieldRef:P(e,`valueField`)}),p(n,c),R(()=>{let{value:e}=f;e&&e.sync()});let ce=q(()=>{let{size:t}=e,{common:{cubicBezierEaseInOut:n},self:{height:r,borderRadius:i,color:a,groupHeaderTextColor:o,actionDividerColor:c,optionTextColorPressed:l,optionTextColor:u,optionTextColorDisabled:d,optionTextColorActive:f,optionOpacityDisabled:p,optionCheckColor:m,actionTextColor:h,optionColorPending:g,optionColorActive:_,loadingColor:v,loadingSize:y,optionColorActivePending:b,[w(`optionFontSize`,t)]:x,[w(`optionHeight`,t)]:S,[w(`optionPadding`,t)]:C}}=s.value;return{"--n-height":r,"--n-action-divider-color":c,"--n-action-text-color":h,"--n-bezier":n,"--n-border-radius":i,"--n-color":a,"--n-option-font-size":x,"--n-group-header-text-color":o,"--n-option-check-color":m,"--n-option-color-pending":g,"--n-option-color-active":_,"--n-option-color-active-pending":b,"--n-option-height":S,"--n-option-opacity-disabled":p,"--n-option-text-color":u,"--n-option-text-color-active":f,"--n-option-text-color-disabled":d,"--n-option-text-color-pressed":l,"--n-option-padding":C,"--n-option-padding-left":k(C,`left`),"--n-option-padding-right":k(C,`right`),"--n-loading-color":v,"--n-loading-size":y}}),{inlineThemeDisabled:U}=e,W=U?m(`internal-select-menu`,q(()=>e.size[0]),ce,e):void 0,le={selfRef:c,next:L,prev:oe,getPendingTmNode:j};return Me(c,e.onResize),{mergedTheme:s,mergedClsPrefix:t,rtlEnabled:o,virtualListRef:l,scrollbarRef:f,itemSize:S,padding:C,flattenedNodes:h,empty:te,mergedRenderEmpty:T,virtualListContainer(){let{value:e}=l;return e?.listElRef},virtualListContent(){let{value:e}=l;return e?.itemsElRef},doScroll:O,handleFocusin:se,handleFocusout:V,handleKeyUp:ie,handleKeyDown:F,handleMouseDown:I,handleVirtualListResize:A,handleVirtualListScroll:ne,cssVars:U?void 0:ce,themeClass:W?.themeClass,onRender:W?.onRender,...le}},render(){let{$slots:e,virtualScroll:t,clsPrefix:n,mergedTheme:r,themeClass:i,onRender:a}=this;return a?.(),M(),J(`div`,{ref:`selfRef`,tabindex:this.focusable?0:-1,class:j([`${n}-base-select-menu`,`${n}-base-select-menu--${this.size}-size`,this.rtlEnabled&&`${n}-base-select-menu--rtl`,i,this.multiple&&`${n}-base-select-menu--multiple`]),style:X(this.cssVars),onFocusin:this.handleFocusin,onFocusout:this.handleFocusout,onKeyup:this.handleKeyUp,onKeydown:this.handleKeyDown,onMousedown:this.handleMouseDown,onMouseenter:this.onMouseenter,onMouseleave:this.onMouseleave},[I(()=>V(e.header,e=>e&&(M(),J(`div`,{class:j(`${n}-base-select-menu__header`),"data-header":!0,key:`header`},[I(()=>e)],2)))),this.loading?(M(),J(`div`,{key:0,class:j(`${n}-base-select-menu__loading`)},[(M(),U(h,{clsPrefix:n,strokeWidth:20},null,8,[`clsPrefix`]))],2)):(M(),J(A,{key:1},[this.empty?(M(),J(`div`,{key:1,class:j(`${n}-base-select-menu__empty`),"data-empty":!0},[I(()=>ne(e.empty,()=>[this.mergedRenderEmpty?.()||(M(),U(Oe,{theme:r.peers.Empty,themeOverrides:r.peerOverrides.Empty,size:this.size},null,8,[`theme`,`themeOverrides`,`size`]))]))],2)):(M(),U(C,K({key:0,ref:`scrollbarRef`,theme:r.peers.Scrollbar,themeOverrides:r.peerOverrides.Scrollbar,scrollable:this.scrollable,container:t?this.virtualListContainer:void 0,content:t?this.virtualListContent:void 0,onScroll:t?void 0:this.doScroll},this.scrollbarProps),{default:()=>t?(M(),U(o,{key:1,ref:`virtualListRef`,class:j(`${n}-virtual-list`),items:this.flattenedNodes,itemSize:this.itemSize,showScrollbar:!1,paddingTop:this.padding.top,paddingBottom:this.padding.bottom,onResize:this.handleVirtualListResize,onScroll:this.handleVirtualListScroll,itemResizable:!0},{default:({item:e})=>e.isGroup?(M(),U(Pe,{key:e.key,clsPrefix:n,tmNode:e},null,8,[`clsPrefix`,`tmNode`])):e.ignored?null:(M(),U(Re,{clsPrefix:n,key:e.key,tmNode:e},null,8,[`clsPrefix`,`tmNode`]))},1032,[`class`,`items`,`itemSize`,`paddingTop`,`paddingBottom`,`onResize`,`onScroll`])):(M(),J(`div`,{key:4,class:j(`${n}-base-select-menu-option-wrapper`),style:X({paddingTop:this.padding.top,paddingBottom:this.padding.bottom})},[I(()=>this.flattenedNodes.map(e=>e.isGroup?(M(),U(Pe,{key:e.key,clsPrefix:n,tmNode:e},null,8,[`clsPrefix`,`tmNode`])):(M(),U(Re,{clsPrefix:n,key:e.key,tmNode:e},null,8,[`clsPrefix`,`tmNode`]))))],6))},1040,[`theme`,`themeOverrides`,`scrollable`,`container`,`content`,`onScroll`]))],64)),I(()=>V(e.action,e=>e&&[(M(),J(`div`,{class:j(`${n}-base-select-menu__action`),"data-action":!0,key:`action`},[I(()=>e)],2)),(M(),U(Ne,{onFocus:this.onTabOut,key:`focus-detector`},null,8,[`onFocus`]))]))],46,xt)}});function Ct(e){return e.type===`group`}function wt(e){return e.type===`ignored`}function Tt(e,t){try{return!!(1+t.toString().toLowerCase().indexOf(e.trim().toLowerCase()))}catch{return!1}}function Et(e,t){return{getIsGroup:Ct,getIgnored:wt,getKey(t){return Ct(t)?t.name||t.key||`key-required`:t[e]},getChildren(e){return e[t]}}}function Dt(e,t,n,r){if(!t)return e;function i(e){if(!Array.isArray(e))return[];let a=[];for(let o of e)if(Ct(o)){let e=i(o[r]);e.length&&a.push(Object.assign({},o,{[r]:e}))}else if(wt(o))continue;else t(n,o)&&a.push(o);return a}return i(e)}function Ot(e,t,n){let r=new Map;return e.forEach(e=>{Ct(e)?e[n].forEach(e=>{r.set(e[t],e)}):r.set(e[t],e)}),r}var kt=W([T(`base-selection`,`
 --n-padding-single: var(--n-padding-single-top) var(--n-padding-single-right) var(--n-padding-single-bottom) var(--n-padding-single-left);
 --n-padding-multiple: var(--n-padding-multiple-top) var(--n-padding-multiple-right) var(--n-padding-multiple-bottom) var(--n-padding-multiple-left);
 position: relative;
 z-index: auto;
 box-shadow: none;
 width: 100%;
 max-width: 100%;
 display: inline-block;
 vertical-align: bottom;
 border-radius: var(--n-border-radius);
 min-height: var(--n-height);
 line-height: 1.5;
 font-size: var(--n-font-size);
 `,[T(`base-loading`,`
 color: var(--n-loading-color);
 `),T(`base-selection-tags`,`min-height: var(--n-height);`),O(`border, state-border`,`
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 pointer-events: none;
 border: var(--n-border);
 border-radius: inherit;
 transition:
 box-shadow .3s var(--n-bezier),
 border-color .3s var(--n-bezier);
 `),O(`state-border`,`
 z-index: 1;
 border-color: #0000;
 `),T(`base-suffix`,`
 cursor: pointer;
 position: absolute;
 top: 50%;
 transform: translateY(-50%);
 right: 10px;
 `,[O(`arrow`,`
 font-size: var(--n-arrow-size);
 color: var(--n-arrow-color);
 transition: color .3s var(--n-bezier);
 `)]),T(`base-selection-overlay`,`
 display: flex;
 align-items: center;
 white-space: nowrap;
 pointer-events: none;
 position: absolute;
 top: 0;
 right: 0;
 bottom: 0;
 left: 0;
 padding: var(--n-padding-single);
 transition: color .3s var(--n-bezier);
 `,[O(`wrapper`,`
 flex-basis: 0;
 flex-grow: 1;
 overflow: hidden;
 text-overflow: ellipsis;
 `)]),T(`base-selection-placeholder`,`
 color: var(--n-placeholder-color);
 `,[O(`inner`,`
 max-width: 100%;
 overflow: hidden;
 `)]),T(`base-selection-tags`,`
 cursor: pointer;
 outline: none;
 box-sizing: border-box;
 position: relative;
 z-index: auto;
 display: flex;
 padding: var(--n-padding-multiple);
 flex-wrap: wrap;
 align-items: center;
 width: 100%;
 vertical-align: bottom;
 background-color: var(--n-color);
 border-radius: inherit;
 transition:
 color .3s var(--n-bezier),
 box-shadow .3s var(--n-bezier),
 background-color .3s var(--n-bezier);
 `),T(`base-selection-label`,`
 height: var(--n-height);
 display: inline-flex;
 width: 100%;
 vertical-align: bottom;
 cursor: pointer;
 outline: none;
 z-index: auto;
 box-sizing: border-box;
 position: relative;
 transition:
 color .3s var(--n-bezier),
 box-shadow .3s var(--n-bezier),
 background-color .3s var(--n-bezier);
 border-radius: inherit;
 background-color: var(--n-color);
 align-items: center;
 `,[T(`base-selection-input`,`
 font-size: inherit;
 line-height: inherit;
 outline: none;
 cursor: pointer;
 box-sizing: border-box;
 border:none;
 width: 100%;
 padding: var(--n-padding-single);
 background-color: #0000;
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 caret-color: var(--n-caret-color);
 `,[O(`content`,`
 text-overflow: ellipsis;
 overflow: hidden;
 white-space: nowrap; 
 `)]),O(`render-label`,`
 color: var(--n-text-color);
 `)]),y(`disabled`,[W(`&:hover`,[O(`state-border`,`
 box-shadow: var(--n-box-shadow-hover);
 border: var(--n-border-hover);
 `)]),g(`focus`,[O(`state-border`,`
 box-shadow: var(--n-box-shadow-focus);
 border: var(--n-border-focus);
 `)]),g(`active`,[O(`state-border`,`
 box-shadow: var(--n-box-shadow-active);
 border: var(--n-border-active);
 `),T(`base-selection-label`,`background-color: var(--n-color-active);`),T(`base-selection-tags`,`background-color: var(--n-color-active);`)])]),g(`disabled`,`cursor: not-allowed;`,[O(`arrow`,`
 color: var(--n-arrow-color-disabled);
 `),T(`base-selection-label`,`
 cursor: not-allowed;
 background-color: var(--n-color-disabled);
 `,[T(`base-selection-input`,`
 cursor: not-allowed;
 color: var(--n-text-color-disabled);
 `),O(`render-label`,`
 color: var(--n-text-color-disabled);
 `)]),T(`base-selection-tags`,`
 cursor: not-allowed;
 background-color: var(--n-color-disabled);
 `),T(`base-selection-placeholder`,`
 cursor: not-allowed;
 color: var(--n-placeholder-color-disabled);
 `)]),T(`base-selection-input-tag`,`
 height: calc(var(--n-height) - 6px);
 line-height: calc(var(--n-height) - 6px);
 outline: none;
 display: none;
 position: relative;
 margin-bottom: 3px;
 max-width: 100%;
 vertical-align: bottom;
 `,[O(`input`,`
 font-size: inherit;
 font-family: inherit;
 min-width: 1px;
 padding: 0;
 background-color: #0000;
 outline: none;
 border: none;
 max-width: 100%;
 overflow: hidden;
 width: 1em;
 line-height: inherit;
 cursor: pointer;
 color: var(--n-text-color);
 caret-color: var(--n-caret-color);
 `),O(`mirror`,`
 position: absolute;
 left: 0;
 top: 0;
 white-space: pre;
 visibility: hidden;
 user-select: none;
 -webkit-user-select: none;
 opacity: 0;
 `)]),[`warning`,`error`].map(e=>g(`${e}-status`,[O(`state-border`,`border: var(--n-border-${e});`),y(`disabled`,[W(`&:hover`,[O(`state-border`,`
 box-shadow: var(--n-box-shadow-hover-${e});
 border: var(--n-border-hover-${e});
 `)]),g(`active`,[O(`state-border`,`
 box-shadow: var(--n-box-shadow-active-${e});
 border: var(--n-border-active-${e});
 `),T(`base-selection-label`,`background-color: var(--n-color-active-${e});`),T(`base-selection-tags`,`background-color: var(--n-color-active-${e});`)]),g(`focus`,[O(`state-border`,`
 box-shadow: var(--n-box-shadow-focus-${e});
 border: var(--n-border-focus-${e});
 `)])])]))]),T(`base-selection-popover`,`
 margin-bottom: -3px;
 display: flex;
 flex-wrap: wrap;
 margin-right: -8px;
 `),T(`base-selection-tag-wrapper`,`
 max-width: 100%;
 display: inline-flex;
 padding: 0 7px 3px 0;
 `,[W(`&:last-child`,`padding-right: 0;`),T(`tag`,`
 font-size: 14px;
 max-width: 100%;
 `,[O(`content`,`
 line-height: 1.25;
 text-overflow: ellipsis;
 overflow: hidden;
 `)])])]),At=[`disabled`,`value`,`autofocus`,`onBlur`,`onFocus`,`onKeydown`,`onInput`,`onCompositionstart`,`onCompositionend`],jt=[`tabindex`],Mt=[`title`],Nt=[`value`,`readonly`,`disabled`,`autofocus`,`onFocus`,`onBlur`,`onInput`,`onCompositionstart`,`onCompositionend`],Pt=[`tabindex`],Ft=[`onClick`,`onMouseenter`,`onMouseleave`,`onKeydown`,`onFocusin`,`onFocusout`,`onMousedown`],It=G({name:`InternalSelection`,props:{...N.props,clsPrefix:{type:String,required:!0},bordered:{type:Boolean,default:void 0},active:Boolean,pattern:{type:String,default:``},placeholder:String,selectedOption:{type:Object,default:null},selectedOptions:{type:Array,default:null},labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},multiple:Boolean,filterable:Boolean,clearable:Boolean,disabled:Boolean,size:{type:String,default:`medium`},loading:Boolean,autofocus:Boolean,showArrow:{type:Boolean,default:!0},inputProps:Object,focused:Boolean,renderTag:Function,onKeydown:Function,onClick:Function,onBlur:Function,onFocus:Function,onDeleteOption:Function,maxTagCount:[String,Number],ellipsisTagPopoverProps:Object,onClear:Function,onPatternInput:Function,onPatternFocus:Function,onPatternBlur:Function,renderLabel:Function,status:String,inlineThemeDisabled:Boolean,ignoreComposition:{type:Boolean,default:!0},onResize:Function},setup(e){let{mergedClsPrefixRef:t,mergedRtlRef:n}=_(e),r=ae(`InternalSelection`,n,t),i=d(null),a=d(null),o=d(null),s=d(null),c=d(null),l=d(null),f=d(null),p=d(null),h=d(null),g=d(null),v=d(!1),y=d(!1),b=d(!1),x=N(`InternalSelection`,`-internal-selection`,kt,Se,e,P(e,`clsPrefix`)),S=q(()=>e.clearable&&!e.disabled&&(b.value||e.active)),C=q(()=>e.selectedOption?e.renderTag?e.renderTag({option:e.selectedOption,handleClose:()=>{}}):e.renderLabel?e.renderLabel(e.selectedOption,!0):pe(e.selectedOption[e.labelField],e.selectedOption,!0):e.placeholder),ee=q(()=>{let t=e.selectedOption;if(t)return t[e.labelField]}),te=q(()=>e.multiple?!!(Array.isArray(e.selectedOptions)&&e.selectedOptions.length):e.selectedOption!==null);function T(){let{value:t}=i;if(t){let{value:n}=a;n&&(n.style.width=`${t.offsetWidth}px`,e.maxTagCount!==`responsive`&&h.value?.sync({showAllItemsBeforeCalculate:!1}))}}function E(){let{value:e}=g;e&&(e.style.display=`none`)}function D(){let{value:e}=g;e&&(e.style.display=`inline-block`)}u(P(e,`active`),e=>{e||E()}),u(P(e,`pattern`),()=>{e.multiple&&H(T)});function O(t){let{onFocus:n}=e;n&&n(t)}function ne(t){let{onBlur:n}=e;n&&n(t)}function A(t){let{onDeleteOption:n}=e;n&&n(t)}function j(t){let{onClear:n}=e;n&&n(t)}function M(t){let{onPatternInput:n}=e;n&&n(t)}function re(e){e.relatedTarget&&o.value?.contains(e.relatedTarget)||O(e)}function ie(e){o.value?.contains(e.relatedTarget)||ne(e)}function F(e){j(e)}function I(){b.value=!0}function L(){b.value=!1}function oe(t){e.active&&e.filterable&&t.target!==a.value&&t.preventDefault()}function z(e){A(e)}let B=d(!1);function se(t){if(t.key===`Backspace`&&!B.value&&!e.pattern.length){let{selectedOptions:t}=e;t?.length&&z(t[t.length-1])}}let V=null;function ce(t){let{value:n}=i;n&&(n.textContent=t.target.value,T()),e.ignoreComposition&&B.value?V=t:M(t)}function U(){B.value=!0}function W(){B.value=!1,e.ignoreComposition&&M(V),V=null}function G(t){y.value=!0,e.onPatternFocus?.(t)}function K(t){y.value=!1,e.onPatternBlur?.(t)}function J(){if(e.filterable)y.value=!1,l.value?.blur(),a.value?.blur();else if(e.multiple){let{value:e}=s;e?.blur()}else{let{value:e}=c;e?.blur()}}function Y(){e.filterable?(y.value=!1,l.value?.focus()):e.multiple?s.value?.focus():c.value?.focus()}function X(){let{value:e}=a;e&&(D(),e.focus())}function Z(){let{value:e}=a;e&&e.blur()}function ue(e){let{value:t}=f;t&&t.setTextContent(`+${e}`)}function de(){let{value:e}=p;return e}function fe(){return a.value}let Q=null;function me(){Q!==null&&window.clearTimeout(Q)}function he(){e.active||(me(),Q=window.setTimeout(()=>{te.value&&(v.value=!0)},100))}function ge(){me()}function _e(e){e||(me(),v.value=!1)}u(te,e=>{e||(v.value=!1)}),R(()=>{le(()=>{let t=l.value;t&&(e.disabled?t.removeAttribute(`tabindex`):t.tabIndex=y.value?-1:0)})}),Me(o,e.onResize);let{inlineThemeDisabled:ve}=e,ye=q(()=>{let{size:t}=e,{common:{cubicBezierEaseInOut:n},self:{fontWeight:r,borderRadius:i,color:a,placeholderColor:o,textColor:s,paddingSingle:c,paddingMultiple:l,caretColor:u,colorDisabled:d,textColorDisabled:f,placeholderColorDisabled:p,colorActive:m,boxShadowFocus:h,boxShadowActive:g,boxShadowHover:_,border:v,borderFocus:y,borderHover:b,borderActive:S,arrowColor:C,arrowColorDisabled:ee,loadingColor:te,colorActiveWarning:T,boxShadowFocusWarning:E,boxShadowActiveWarning:D,boxShadowHoverWarning:O,borderWarning:ne,borderFocusWarning:A,borderHoverWarning:j,borderActiveWarning:M,colorActiveError:N,boxShadowFocusError:re,boxShadowActiveError:P,boxShadowHoverError:ie,borderError:F,borderFocusError:I,borderHoverError:L,borderActiveError:ae,clearColor:oe,clearColorHover:R,clearColorPressed:z,clearSize:B,arrowSize:se,[w(`height`,t)]:V,[w(`fontSize`,t)]:ce}}=x.value,H=k(c),U=k(l);return{"--n-bezier":n,"--n-border":v,"--n-border-active":S,"--n-border-focus":y,"--n-border-hover":b,"--n-border-radius":i,"--n-box-shadow-active":g,"--n-box-shadow-focus":h,"--n-box-shadow-hover":_,"--n-caret-color":u,"--n-color":a,"--n-color-active":m,"--n-color-disabled":d,"--n-font-size":ce,"--n-height":V,"--n-padding-single-top":H.top,"--n-padding-multiple-top":U.top,"--n-padding-single-right":H.right,"--n-padding-multiple-right":U.right,"--n-padding-single-left":H.left,"--n-padding-multiple-left":U.left,"--n-padding-single-bottom":H.bottom,"--n-padding-multiple-bottom":U.bottom,"--n-placeholder-color":o,"--n-placeholder-color-disabled":p,"--n-text-color":s,"--n-text-color-disabled":f,"--n-arrow-color":C,"--n-arrow-color-disabled":ee,"--n-loading-color":te,"--n-color-active-warning":T,"--n-box-shadow-focus-warning":E,"--n-box-shadow-active-warning":D,"--n-box-shadow-hover-warning":O,"--n-border-warning":ne,"--n-border-focus-warning":A,"--n-border-hover-warning":j,"--n-border-active-warning":M,"--n-color-active-error":N,"--n-box-shadow-focus-error":re,"--n-box-shadow-active-error":P,"--n-box-shadow-hover-error":ie,"--n-border-error":F,"--n-border-focus-error":I,"--n-border-hover-error":L,"--n-border-active-error":ae,"--n-clear-size":B,"--n-clear-color":oe,"--n-clear-color-hover":R,"--n-clear-color-pressed":z,"--n-arrow-size":se,"--n-font-weight":r}}),be=ve?m(`internal-selection`,q(()=>e.size[0]),ye,e):void 0;return{mergedTheme:x,mergedClearable:S,mergedClsPrefix:t,rtlEnabled:r,patternInputFocused:y,filterablePlaceholder:C,label:ee,selected:te,showTagsPanel:v,isComposing:B,counterRef:f,counterWrapperRef:p,patternInputMirrorRef:i,patternInputRef:a,selfRef:o,multipleElRef:s,singleElRef:c,patternInputWrapperRef:l,overflowRef:h,inputTagElRef:g,handleMouseDown:oe,handleFocusin:re,handleClear:F,handleMouseEnter:I,handleMouseLeave:L,handleDeleteOption:z,handlePatternKeyDown:se,handlePatternInputInput:ce,handlePatternInputBlur:K,handlePatternInputFocus:G,handleMouseEnterCounter:he,handleMouseLeaveCounter:ge,handleFocusout:ie,handleCompositionEnd:W,handleCompositionStart:U,onPopoverUpdateShow:_e,focus:Y,focusInput:X,blur:J,blurInput:Z,updateCounter:ue,getCounter:de,getTail:fe,renderLabel:e.renderLabel,cssVars:ve?void 0:ye,themeClass:be?.themeClass,onRender:be?.onRender}},render(){let{status:e,multiple:t,size:n,disabled:r,filterable:i,maxTagCount:a,bordered:o,clsPrefix:s,ellipsisTagPopoverProps:l,onRender:u,renderTag:d,renderLabel:f}=this;u?.();let p=a===`responsive`,m=typeof a==`number`,h=p||m,g=(M(),U(x,null,{default:()=>(M(),U(_e,{clsPrefix:s,loading:this.loading,showArrow:this.showArrow,showClear:this.mergedClearable&&this.selected,onClear:this.handleClear},{default:()=>this.$slots.arrow?.()},1032,[`clsPrefix`,`loading`,`showArrow`,`showClear`,`onClear`]))},1024)),_;if(t){let{labelField:e}=this,t=t=>(M(),J(`div`,{class:j(`${s}-base-selection-tag-wrapper`),key:t.value},[d?(M(),J(A,{key:0},[I(()=>d({option:t,handleClose:()=>{this.handleDeleteOption(t)}}))],64)):(M(),U(we,{key:1,size:n,closable:!t.disabled,disabled:r,onClose:()=>{this.handleDeleteOption(t)},internalCloseIsButtonTag:!1,internalCloseFocusable:!1},{default:()=>f?f(t,!0):pe(t[e],t,!0)},1032,[`size`,`closable`,`disabled`,`onClose`]))],2)),o=()=>(m?this.selectedOptions.slice(0,a):this.selectedOptions).map(t),u=i?(M(),J(`div`,{class:j(`${s}-base-selection-input-tag`),ref:`inputTagElRef`,key:`__input-tag__`},[Z(`input`,K(this.inputProps,{ref:`patternInputRef`,tabindex:-1,disabled:r,value:this.pattern,autofocus:this.autofocus,class:`${s}-base-selection-input-tag__input`,onBlur:this.handlePatternInputBlur,onFocus:this.handlePatternInputFocus,onKeydown:this.handlePatternKeyDown,onInput:this.handlePatternInputInput,onCompositionstart:this.handleCompositionStart,onCompositionend:this.handleCompositionEnd}),null,16,At),Z(`span`,{ref:`patternInputMirrorRef`,class:j(`${s}-base-selection-input-tag__mirror`)},[I(()=>this.pattern)],2)],2)):null,v=p?()=>(M(),J(`div`,{class:j(`${s}-base-selection-tag-wrapper`),ref:`counterWrapperRef`},[(M(),U(we,{size:n,ref:`counterRef`,onMouseenter:this.handleMouseEnterCounter,onMouseleave:this.handleMouseLeaveCounter,disabled:r},null,8,[`size`,`onMouseenter`,`onMouseleave`,`disabled`]))],2)):void 0,y;if(m){let e=this.selectedOptions.length-a;e>0&&(y=(t=>(M(),J(`div`,{class:j(`${s}-base-selection-tag-wrapper`),key:`__counter__`},[(M(),U(we,{size:n,ref:`counterRef`,onMouseenter:this.handleMouseEnterCounter,disabled:r},{default:()=>`+${e}`},1032,[`size`,`onMouseenter`,`disabled`]))],2)))(y))}let b=p?i?(M(),U(Ae,{key:3,ref:`overflowRef`,updateCounter:this.updateCounter,getCounter:this.getCounter,getTail:this.getTail,style:{width:`100%`,display:`flex`,overflow:`hidden`}},{default:o,counter:v,tail:()=>u},1032,[`updateCounter`,`getCounter`,`getTail`])):(M(),U(Ae,{key:4,ref:`overflowRef`,updateCounter:this.updateCounter,getCounter:this.getCounter,style:{width:`100%`,display:`flex`,overflow:`hidden`}},{default:o,counter:v},1032,[`updateCounter`,`getCounter`])):m&&y?o().concat(y):o(),x=h?()=>(M(),J(`div`,{class:j(`${s}-base-selection-popover`)},[p?(M(),J(A,{key:0},[I(()=>o())],64)):(M(),J(A,{key:1},[I(()=>this.selectedOptions.map(t))],64))],2)):void 0,S=h?{show:this.showTagsPanel,trigger:`hover`,overlap:!0,placement:`top`,width:`trigger`,onUpdateShow:this.onPopoverUpdateShow,theme:this.mergedTheme.peers.Popover,themeOverrides:this.mergedTheme.peerOverrides.Popover,...l}:null,C=!this.selected&&(!this.active||!this.pattern&&!this.isComposing)?(M(),J(`div`,{key:5,class:j(`${s}-base-selection-placeholder ${s}-base-selection-overlay`)},[Z(`div`,{class:j(`${s}-base-selection-placeholder__inner`)},[I(()=>this.placeholder)],2)],2)):null,w=i?(M(),J(`div`,{key:6,ref:`patternInputWrapperRef`,class:j(`${s}-base-selection-tags`)},[I(()=>b),p?I(()=>null):(M(),J(A,{key:1},[I(()=>u)],64)),I(()=>g)],2)):(M(),J(`div`,{key:7,ref:`multipleElRef`,class:j(`${s}-base-selection-tags`),tabindex:r?void 0:0},[I(()=>b),I(()=>g)],10,jt));_=(e=>(M(),J(A,{key:8},[h?(M(),U(c,K({key:0},S,{scrollable:!0,style:`max-height: calc(var(--v-target-height) * 6.6);`}),{trigger:()=>w,default:x},1040)):(M(),J(A,{key:1},[I(()=>w)],64)),I(()=>C)],64)))(_)}else if(i){let e=this.pattern||this.isComposing,t=this.active?!e:!this.selected,n=!this.active&&this.selected;_=(e=>(M(),J(`div`,{key:9,ref:`patternInputWrapperRef`,class:j(`${s}-base-selection-label`),title:this.patternInputFocused?void 0:je(this.label)},[Z(`input`,K(this.inputProps,{ref:`patternInputRef`,class:`${s}-base-selection-input`,value:this.active?this.pattern:``,placeholder:``,readonly:r,disabled:r,tabindex:-1,autofocus:this.autofocus,onFocus:this.handlePatternInputFocus,onBlur:this.handlePatternInputBlur,onInput:this.handlePatternInputInput,onCompositionstart:this.handleCompositionStart,onCompositionend:this.handleCompositionEnd}),null,16,Nt),n?(M(),J(`div`,{class:j(`${s}-base-selection-label__render-label ${s}-base-selection-overlay`),key:`input`},[Z(`div`,{class:j(`${s}-base-selection-overlay__wrapper`)},[d?(M(),J(A,{key:0},[I(()=>d({option:this.selectedOption,handleClose:()=>{}}))],64)):(M(),J(A,{key:1},[f?(M(),J(A,{key:0},[I(()=>f(this.selectedOption,!0))],64)):(M(),J(A,{key:1},[I(()=>pe(this.label,this.selectedOption,!0))],64))],64))],2)],2)):I(()=>null),t?(M(),J(`div`,{class:j(`${s}-base-selection-placeholder ${s}-base-selection-overlay`),key:`placeholder`},[Z(`div`,{class:j(`${s}-base-selection-overlay__wrapper`)},[I(()=>this.filterablePlaceholder)],2)],2)):I(()=>null),I(()=>g)],10,Mt)))(_)}else _=(e=>(M(),J(`div`,{key:10,ref:`singleElRef`,class:j(`${s}-base-selection-label`),tabindex:this.disabled?void 0:0},[this.label===void 0?(M(),J(`div`,{class:j(`${s}-base-selection-placeholder ${s}-base-selection-overlay`),key:`placeholder`},[Z(`div`,{class:j(`${s}-base-selection-placeholder__inner`)},[I(()=>this.placeholder)],2)],2)):(M(),J(`div`,{class:j(`${s}-base-selection-input`),title:je(this.label),key:`input`},[Z(`div`,{class:j(`${s}-base-selection-input__content`)},[d?(M(),J(A,{key:0},[I(()=>d({option:this.selectedOption,handleClose:()=>{}}))],64)):(M(),J(A,{key:1},[f?(M(),J(A,{key:0},[I(()=>f(this.selectedOption,!0))],64)):(M(),J(A,{key:1},[I(()=>pe(this.label,this.selectedOption,!0))],64))],64))],2)],10,[`title`])),I(()=>g)],10,Pt)))(_);return M(),J(`div`,{ref:`selfRef`,class:j([`${s}-base-selection`,this.rtlEnabled&&`${s}-base-selection--rtl`,this.themeClass,e&&`${s}-base-selection--${e}-status`,{[`${s}-base-selection--active`]:this.active,[`${s}-base-selection--selected`]:this.selected||this.active&&this.pattern,[`${s}-base-selection--disabled`]:this.disabled,[`${s}-base-selection--multiple`]:this.multiple,[`${s}-base-selection--focus`]:this.focused}]),style:X(this.cssVars),onClick:this.onClick,onMouseenter:this.handleMouseEnter,onMouseleave:this.handleMouseLeave,onKeydown:this.onKeydown,onFocusin:this.handleFocusin,onFocusout:this.handleFocusout,onMousedown:this.handleMouseDown},[I(()=>_),o?(M(),J(`div`,{key:0,class:j(`${s}-base-selection__border`)},null,2)):I(()=>null),o?(M(),J(`div`,{key:2,class:j(`${s}-base-selection__state-border`)},null,2)):I(()=>null)],46,Ft)}}),Lt=W([T(`select`,`
 z-index: auto;
 outline: none;
 width: 100%;
 position: relative;
 font-weight: var(--n-font-weight);
 `),T(`select-menu`,`
 margin: 4px 0;
 box-shadow: var(--n-menu-box-shadow);
 `,[f({originalTransition:`background-color .3s var(--n-bezier), box-shadow .3s var(--n-bezier)`})])]),Rt={...N.props,to:l.propTo,bordered:{type:Boolean,default:void 0},clearable:Boolean,clearCreatedOptionsOnClear:{type:Boolean,default:!0},clearFilterAfterSelect:{type:Boolean,default:!0},options:{type:Array,default:()=>[]},defaultValue:{type:[String,Number,Array],default:null},keyboard:{type:Boolean,default:!0},value:[String,Number,Array],placeholder:String,menuProps:Object,multiple:Boolean,size:String,menuSize:{type:String},filterable:Boolean,disabled:{type:Boolean,default:void 0},remote:Boolean,loading:Boolean,filter:Function,placement:{type:String,default:`bottom-start`},widthMode:{type:String,default:`trigger`},tag:Boolean,onCreate:Function,fallbackOption:{type:[Function,Boolean],default:void 0},show:{type:Boolean,default:void 0},showArrow:{type:Boolean,default:!0},maxTagCount:[Number,String],ellipsisTagPopoverProps:Object,consistentMenuWidth:{type:Boolean,default:!0},virtualScroll:{type:Boolean,default:!0},labelField:{type:String,default:`label`},valueField:{type:String,default:`value`},childrenField:{type:String,default:`children`},renderLabel:Function,renderOption:Function,renderTag:Function,"onUpdate:value":[Function,Array],inputProps:Object,nodeProps:Function,ignoreComposition:{type:Boolean,default:!0},showOnFocus:Boolean,onUpdateValue:[Function,Array],onBlur:[Function,Array],onClear:[Function,Array],onFocus:[Function,Array],onScroll:[Function,Array],onSearch:[Function,Array],onUpdateShow:[Function,Array],"onUpdate:show":[Function,Array],displayDirective:{type:String,default:`show`},resetMenuOnOptionsChange:{type:Boolean,default:!0},status:String,showCheckmark:{type:Boolean,default:!0},scrollbarProps:Object,onChange:[Function,Array],items:Array},zt=G({name:`Select`,props:Rt,slots:Object,setup(e){let{mergedClsPrefixRef:t,mergedBorderedRef:n,namespaceRef:r,inlineThemeDisabled:i,mergedComponentPropsRef:a}=_(e),o=N(`Select`,`-select`,Lt,ve,e,t),s=d(e.defaultValue),c=P(e,`value`),f=he(c,s),p=d(!1),h=d(``),g=ge(e,[`items`,`options`]),v=d([]),y=d([]),x=q(()=>y.value.concat(v.value).concat(g.value)),S=q(()=>{let{filter:t}=e;if(t)return t;let{labelField:n,valueField:r}=e;return(e,t)=>{if(!t)return!1;let i=t[n];if(typeof i==`string`)return Tt(e,i);let a=t[r];return typeof a==`string`?Tt(e,a):typeof a==`number`&&Tt(e,String(a))}}),C=q(()=>{if(e.remote)return g.value;{let{value:t}=x,{value:n}=h;return!n.length||!e.filterable?t:Dt(t,S.value,n,e.childrenField)}}),w=q(()=>{let{valueField:t,childrenField:n}=e,r=Et(t,n);return bt(C.value,r)}),ee=q(()=>Ot(x.value,e.valueField,e.childrenField)),T=d(!1),E=he(P(e,`show`),T),D=d(null),O=d(null),k=d(null),{localeRef:ne}=me(`Select`),A=q(()=>e.placeholder??ne.value.placeholder),j=[],M=d(new Map),re=q(()=>{let{fallbackOption:t}=e;if(t===void 0){let{labelField:t,valueField:n}=e;return e=>({[t]:String(e),[n]:e})}return t===!1?!1:e=>Object.assign(t(e),{value:e})});function ie(t){let n=e.remote,{value:r}=M,{value:i}=ee,{value:a}=re,o=[];return t.forEach(e=>{if(i.has(e))o.push(i.get(e));else if(n&&r.has(e))o.push(r.get(e));else if(a){let t=a(e);t&&o.push(t)}}),o}let F=q(()=>{if(e.multiple){let{value:e}=f;return Array.isArray(e)?ie(e):[]}return null}),I=q(()=>{let{value:t}=f;return!e.multiple&&!Array.isArray(t)?t===null?null:ie([t])[0]||null:null}),L=te(e,{mergedSize:t=>{let{size:n}=e;if(n)return n;let{mergedSize:r}=t||{};return r?.value?r.value:a?.value?.Select?.size||`medium`}}),{mergedSizeRef:ae,mergedDisabledRef:R,mergedStatusRef:z}=L;function B(t,n){let{onChange:r,"onUpdate:value":i,onUpdateValue:a}=e,{nTriggerFormChange:o,nTriggerFormInput:c}=L;r&&Y(r,t,n),a&&Y(a,t,n),i&&Y(i,t,n),s.value=t,o(),c()}function se(t){let{onBlur:n}=e,{nTriggerFormBlur:r}=L;n&&Y(n,t),r()}function V(){let{onClear:t}=e;t&&Y(t)}function ce(t){let{onFocus:n,showOnFocus:r}=e,{nTriggerFormFocus:i}=L;n&&Y(n,t),i(),r&&G()}function H(t){let{onSearch:n}=e;n&&Y(n,t)}function U(t){let{onScroll:n}=e;n&&Y(n,t)}function W(){let{remote:t,multiple:n}=e;if(t){let{value:t}=M;if(n){let{valueField:n}=e;F.value?.forEach(e=>{t.set(e[n],e)})}else{let n=I.value;n&&t.set(n[e.valueField],n)}}}function le(t){let{onUpdateShow:n,"onUpdate:show":r}=e;n&&Y(n,t),r&&Y(r,t),T.value=t}function G(){R.value||(le(!0),T.value=!0,e.filterable&&Me())}function K(){le(!1)}function J(){h.value=``,y.value=j}let X=d(!1);function Z(){e.filterable&&(X.value=!0)}function de(){e.filterable&&(X.value=!1,E.value||J())}function fe(){R.value||(E.value?e.filterable?Me():K():G())}function pe(e){k.value?.selfRef?.contains(e.relatedTarget)||(p.value=!1,se(e),K())}function Q(e){ce(e),p.value=!0}function _e(){p.value=!0}function ye(e){D.value?.$el.contains(e.relatedTarget)||(p.value=!1,se(e),K())}function be(){D.value?.focus(),K()}function xe(e){E.value&&(D.value?.$el.contains(b(e))||K())}function Se(t){if(!Array.isArray(t))return[];if(re.value)return Array.from(t);{let{remote:n}=e,{value:r}=ee;if(n){let{value:e}=M;return t.filter(t=>r.has(t)||e.has(t))}return t.filter(e=>r.has(e))}}function we(e){Te(e.rawNode)}function Te(t){if(R.value)return;let{tag:n,remote:r,clearFilterAfterSelect:i,valueField:a}=e;if(n&&!r){let{value:e}=y,t=e[0]||null;if(t){let e=v.value;e.length?e.push(t):v.value=[t],y.value=j}}if(r&&M.value.set(t[a],t),e.multiple){let e=Se(f.value),o=e.findIndex(e=>e===t[a]);if(~o){if(e.splice(o,1),n&&!r){let e=Ee(t[a]);~e&&(v.value.splice(e,1),i&&(h.value=``))}}else e.push(t[a]),i&&(h.value=``);B(e,ie(e))}else{if(n&&!r){let e=Ee(t[a]);~e?v.value=[v.value[e]]:v.value=j}je(),K(),B(t[a],t)}}function Ee(t){return v.value.findIndex(n=>n[e.valueField]===t)}function De(t){E.value||G();let{value:n}=t.target;h.value=n;let{tag:r,remote:i}=e;if(H(n),r&&!i){if(!n){y.value=j;return}let{onCreate:t}=e,r=t?t(n):{[e.labelField]:n,[e.valueField]:n},{valueField:i,labelField:a}=e;g.value.some(e=>e[i]===r[i]||e[a]===r[a])||v.value.some(e=>e[i]===r[i]||e[a]===r[a])?y.value=j:y.value=[r]}}function Oe(t){t.stopPropagation();let{multiple:n,tag:r,remote:i,clearCreatedOptionsOnClear:a}=e;!n&&e.filterable&&K(),r&&!i&&a&&(v.value=j),V(),n?B([],[]):B(null,null)}function $(e){Ce(e,`action`)||Ce(e,`empty`)||Ce(e,`header`)||e.preventDefault()}function ke(e){U(e)}function Ae(t){if(!e.keyboard)t.preventDefault();else switch(t.key){case` `:if(e.filterable)break;t.preventDefault();case`Enter`:if(!D.value?.isComposing){if(E.value){let t=k.value?.getPendingTmNode();t?we(t):e.filterable||(K(),je())}else if(G(),e.tag&&X.value){let t=y.value[0];if(t){let n=t[e.valueField],{value:r}=f;e.multiple&&Array.isArray(r)&&r.includes(n)||Te(t)}}}t.preventDefault();break;case`ArrowUp`:if(t.preventDefault(),e.loading)return;E.value&&k.value?.prev();break;case`ArrowDown`:if(t.preventDefault(),e.loading)return;E.value?k.value?.next():G();break;case`Escape`:E.value&&(oe(t),K()),D.value?.focus()}}function je(){D.value?.focus()}function Me(){D.value?.focusInput()}function Ne(){E.value&&O.value?.syncPosition()}W(),u(P(e,`options`),W);let Pe={focus:()=>{D.value?.focus()},focusInput:()=>{D.value?.focusInput()},blur:()=>{D.value?.blur()},blurInput:()=>{D.value?.blurInput()}},Fe=q(()=>{let{self:{menuBoxShadow:e}}=o.value;return{"--n-menu-box-shadow":e}}),Ie=i?m(`select`,void 0,Fe,e):void 0;return{...Pe,mergedStatus:z,mergedClsPrefix:t,mergedBordered:n,namespace:r,treeMate:w,isMounted:ue(),triggerRef:D,menuRef:k,pattern:h,uncontrolledShow:T,mergedShow:E,adjustedTo:l(e),uncontrolledValue:s,mergedValue:f,followerRef:O,localizedPlaceholder:A,selectedOption:I,selectedOptions:F,mergedSize:ae,mergedDisabled:R,focused:p,activeWithoutMenuOpen:X,inlineThemeDisabled:i,onTriggerInputFocus:Z,onTriggerInputBlur:de,handleTriggerOrMenuResize:Ne,handleMenuFocus:_e,handleMenuBlur:ye,handleMenuTabOut:be,handleTriggerClick:fe,handleToggle:we,handleDeleteOption:Te,handlePatternInput:De,handleClear:Oe,handleTriggerBlur:pe,handleTriggerFocus:Q,handleKeydown:Ae,handleMenuAfterLeave:J,handleMenuClickOutside:xe,handleMenuScroll:ke,handleMenuKeydown:Ae,handleMenuMousedown:$,mergedTheme:o,cssVars:i?void 0:Fe,themeClass:Ie?.themeClass,onRender:Ie?.onRender}},render(){return M(),J(`div`,{class:j(`${this.mergedClsPrefix}-select`)},[B(t,null,{_:1,default:Q(()=>[(M(),U(s,null,{_:1,default:Q(()=>(M(),U(It,{ref:`triggerRef`,inlineThemeDisabled:this.inlineThemeDisabled,status:this.mergedStatus,inputProps:this.inputProps,clsPrefix:this.mergedClsPrefix,showArrow:this.showArrow,maxTagCount:this.maxTagCount,ellipsisTagPopoverProps:this.ellipsisTagPopoverProps,bordered:this.mergedBordered,active:this.activeWithoutMenuOpen||this.mergedShow,pattern:this.pattern,placeholder:this.localizedPlaceholder,selectedOption:this.selectedOption,selectedOptions:this.selectedOptions,multiple:this.multiple,renderTag:this.renderTag,renderLabel:this.renderLabel,filterable:this.filterable,clearable:this.clearable,disabled:this.mergedDisabled,size:this.mergedSize,theme:this.mergedTheme.peers.InternalSelection,labelField:this.labelField,valueField:this.valueField,themeOverrides:this.mergedTheme.peerOverrides.InternalSelection,loading:this.loading,focused:this.focused,onClick:this.handleTriggerClick,onDeleteOption:this.handleDeleteOption,onPatternInput:this.handlePatternInput,onClear:this.handleClear,onBlur:this.handleTriggerBlur,onFocus:this.handleTriggerFocus,onKeydown:this.handleKeydown,onPatternBlur:this.onTriggerInputBlur,onPatternFocus:this.onTriggerInputFocus,onResize:this.handleTriggerOrMenuResize,ignoreComposition:this.ignoreComposition},{_:1,arrow:Q(()=>[this.$slots.arrow?.()])},8,`inlineThemeDisabled.status.inputProps.clsPrefix.showArrow.maxTagCount.ellipsisTagPopoverProps.bordered.active.pattern.placeholder.selectedOption.selectedOptions.multiple.renderTag.renderLabel.filterable.clearable.disabled.size.theme.labelField.valueField.themeOverrides.loading.focused.onClick.onDeleteOption.onPatternInput.onClear.onBlur.onFocus.onKeydown.onPatternBlur.onPatternFocus.onResize.ignoreComposition`.split(`.`))))})),(M(),U(i,{ref:`followerRef`,show:this.mergedShow,to:this.adjustedTo,teleportDisabled:this.adjustedTo===l.tdkey,containerClass:this.namespace,width:this.consistentMenuWidth?`target`:void 0,minWidth:`target`,placement:this.placement},{_:1,default:Q(()=>(M(),U(v,{name:`fade-in-scale-up-transition`,appear:this.isMounted,onAfterLeave:this.handleMenuAfterLeave},{_:1,default:Q(()=>this.mergedShow||this.displayDirective===`show`?(this.onRender?.(),D((M(),U(St,K(this.menuProps,{ref:`menuRef`,onResize:this.handleTriggerOrMenuResize,inlineThemeDisabled:this.inlineThemeDisabled,virtualScroll:this.consistentMenuWidth&&this.virtualScroll,class:[`${this.mergedClsPrefix}-select-menu`,this.themeClass,this.menuProps?.class],clsPrefix:this.mergedClsPrefix,focusable:!0,labelField:this.labelField,valueField:this.valueField,autoPending:!0,nodeProps:this.nodeProps,theme:this.mergedTheme.peers.InternalSelectMenu,themeOverrides:this.mergedTheme.peerOverrides.InternalSelectMenu,treeMate:this.treeMate,multiple:this.multiple,size:this.menuSize,renderOption:this.renderOption,renderLabel:this.renderLabel,value:this.mergedValue,style:[this.menuProps?.style,this.cssVars],onToggle:this.handleToggle,onScroll:this.handleMenuScroll,onFocus:this.handleMenuFocus,onBlur:this.handleMenuBlur,onKeydown:this.handleMenuKeydown,onTabOut:this.handleMenuTabOut,onMousedown:this.handleMenuMousedown,show:this.mergedShow,showCheckmark:this.showCheckmark,resetMenuOnOptionsChange:this.resetMenuOnOptionsChange,scrollbarProps:this.scrollbarProps}),{_:1,empty:Q(()=>[this.$slots.empty?.()]),header:Q(()=>[this.$slots.header?.()]),action:Q(()=>[this.$slots.action?.()])},16,`onResize.inlineThemeDisabled.virtualScroll.class.clsPrefix.labelField.valueField.nodeProps.theme.themeOverrides.treeMate.multiple.size.renderOption.renderLabel.value.style.onToggle.onScroll.onFocus.onBlur.onKeydown.onTabOut.onMousedown.show.showCheckmark.resetMenuOnOptionsChange.scrollbarProps`.split(`.`))),this.displayDirective===`show`?[[S,this.mergedShow],[L,this.handleMenuClickOutside,void 0,{capture:!0}]]:[[L,this.handleMenuClickOutside,void 0,{capture:!0}]])):null)},8,[`appear`,`onAfterLeave`])))},8,[`show`,`to`,`teleportDisabled`,`containerClass`,`width`,`placement`]))])})],2)}});export{bt as i,Et as n,St as r,zt as t};