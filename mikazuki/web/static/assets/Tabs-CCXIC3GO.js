import{$n as e,B as t,Bt as n,Cn as r,Cr as i,Ct as a,Fn as o,Gt as s,In as c,Jr as l,Jt as u,Ln as d,Mn as f,Mr as p,P as m,Pn as h,Pr as g,Pt as _,Rt as v,St as y,Un as b,Ut as x,Vr as S,Vt as C,Wr as w,Y as T,Yn as E,ar as D,at as O,bt as k,et as A,fr as j,gn as M,gr as N,hr as P,ir as F,jn as I,jr as L,nr as R,ot as z,pr as ee,qt as te,rr as B,sr as V,ur as H,v as U,w as W,wr as ne,xr as re,yn as G}from"./_plugin-vue_export-helper-DwV3C7qz.js";import{L as K,w as ie}from"./index-5ayaQeka.js";import{t as ae}from"./Add-BIhnxnxR.js";import{n as oe,t as se}from"./ChevronRight-DrCd2M9Q.js";import{a as ce,i as le,o as ue,r as q,s as de}from"./Suffix-C3anGkvU.js";var fe=/\s/;function pe(e){for(var t=e.length;t--&&fe.test(e.charAt(t)););return t}var me=/^\s+/;function he(e){return e&&e.slice(0,pe(e)+1).replace(me,``)}var J=NaN,ge=/^[-+]0x[0-9a-f]+$/i,Y=/^0b[01]+$/i,X=/^0o[0-7]+$/i,_e=parseInt;function ve(e){if(typeof e==`number`)return e;if(G(e))return J;if(M(e)){var t=typeof e.valueOf==`function`?e.valueOf():e;e=M(t)?t+``:t}if(typeof e!=`string`)return e===0?e:+e;e=he(e);var n=Y.test(e);return n||X.test(e)?_e(e.slice(2),n?2:8):ge.test(e)?J:+e}var ye=function(){return r.Date.now()},be=`Expected a function`,Z=Math.max,xe=Math.min;function Se(e,t,n){var r,i,a,o,s,c,l=0,u=!1,d=!1,f=!0;if(typeof e!=`function`)throw TypeError(be);t=ve(t)||0,M(n)&&(u=!!n.leading,d=`maxWait`in n,a=d?Z(ve(n.maxWait)||0,t):a,f=`trailing`in n?!!n.trailing:f);function p(t){var n=r,a=i;return r=i=void 0,l=t,o=e.apply(a,n),o}function m(e){return l=e,s=setTimeout(_,t),u?p(e):o}function h(e){var n=e-c,r=e-l,i=t-n;return d?xe(i,a-r):i}function g(e){var n=e-c,r=e-l;return c===void 0||n>=t||n<0||d&&r>=a}function _(){var e=ye();if(g(e))return v(e);s=setTimeout(_,h(e))}function v(e){return s=void 0,f&&r?p(e):(r=i=void 0,o)}function y(){s!==void 0&&clearTimeout(s),l=0,r=c=i=s=void 0}function b(){return s===void 0?o:v(ye())}function x(){var e=ye(),n=g(e);if(r=arguments,i=this,c=e,n){if(s===void 0)return m(c);if(d)return clearTimeout(s),s=setTimeout(_,t),p(c)}return s===void 0&&(s=setTimeout(_,t)),o}return x.cancel=y,x.flush=b,x}var Ce=`Expected a function`;function we(e,t,n){var r=!0,i=!0;if(typeof e!=`function`)throw TypeError(Ce);return M(n)&&(r=`leading`in n?!!n.leading:r,i=`trailing`in n?!!n.trailing:i),Se(e,t,{leading:r,maxWait:t,trailing:i})}var Te=q(`.v-x-scroll`,{overflow:`auto`,scrollbarWidth:`none`},[q(`&::-webkit-scrollbar`,{width:0,height:0})]),Q=H({name:`XScroll`,props:{disabled:Boolean,onScroll:Function},setup(){let e=S(null);function t(e){e.currentTarget.offsetWidth<e.currentTarget.scrollWidth&&e.deltaY!==0&&(e.currentTarget.scrollLeft+=e.deltaY+e.deltaX,e.preventDefault())}let n=x();return Te.mount({id:`vueuc/x-scroll`,head:!0,anchorMetaName:le,ssr:n}),Object.assign({selfRef:e,handleWheel:t},{scrollTo(...t){var n;(n=e.value)==null||n.scrollTo(...t)}})},render(){return j(`div`,{ref:`selfRef`,onScroll:this.onScroll,onWheel:this.disabled?void 0:this.handleWheel,class:`v-x-scroll`},this.$slots)}}),Ee=te(`n-tabs`),De={tab:[String,Number,Object,Function],name:{type:[String,Number],required:!0},disabled:Boolean,displayDirective:{type:String,default:`if`},closable:{type:Boolean,default:void 0},tabProps:Object,label:[String,Number,Object,Function]},Oe=H({__TAB_PANE__:!0,name:`TabPane`,alias:[`TabPanel`],props:De,slots:Object,setup(e){let t=ee(Ee,null);return t||u(`tab-pane`,"`n-tab-pane` must be placed inside `n-tabs`."),{style:t.paneStyleRef,class:t.paneClassRef,mergedClsPrefix:t.mergedClsPrefixRef}},render(){return i(),V(`div`,{class:v([`${this.mergedClsPrefix}-tab-pane`,this.class]),style:l(this.style)},[C(()=>this.$slots.default?.())],6)}}),ke=[`data-name`,`data-disabled`],Ae={internalLeftPadded:Boolean,internalAddable:Boolean,internalCreatedByPane:Boolean,...K(De,[`displayDirective`])},$=H({__TAB__:!0,inheritAttrs:!1,name:`Tab`,props:Ae,setup(e){let{mergedClsPrefixRef:t,valueRef:n,typeRef:r,closableRef:i,tabStyleRef:a,addTabStyleRef:o,tabClassRef:s,addTabClassRef:c,tabChangeIdRef:l,onBeforeLeaveRef:u,triggerRef:d,handleAdd:f,activateTab:p,handleClose:m}=ee(Ee);return{trigger:d,mergedClosable:B(()=>{if(e.internalAddable)return!1;let{closable:t}=e;return t===void 0?i.value:t}),style:a,addStyle:o,tabClass:s,addTabClass:c,clsPrefix:t,value:n,type:r,handleClose(t){t.stopPropagation(),e.disabled||m(e.name)},activateTab(){if(e.disabled)return;if(e.internalAddable){f();return}let{name:t}=e,r=++l.id;if(t!==n.value){let{value:i}=u;i?Promise.resolve(i(e.name,n.value)).then(e=>{e&&l.id===r&&p(t)}):p(t)}}}},render(){let{internalAddable:t,clsPrefix:n,name:r,disabled:a,label:o,tab:s,value:c,mergedClosable:l,trigger:u,$slots:{default:d}}=this,f=o??s;return i(),V(`div`,{class:v(`${n}-tabs-tab-wrapper`)},[this.internalLeftPadded?(i(),V(`div`,{key:0,class:v(`${n}-tabs-tab-pad`)},null,2)):C(()=>null),(i(),V(`div`,P({key:r,"data-name":r,"data-disabled":a?!0:void 0},P({class:[`${n}-tabs-tab`,c===r&&`${n}-tabs-tab--active`,a&&`${n}-tabs-tab--disabled`,l&&`${n}-tabs-tab--closable`,t&&`${n}-tabs-tab--addable`,t?this.addTabClass:this.tabClass],onClick:u===`click`?this.activateTab:void 0,onMouseenter:u===`hover`?this.activateTab:void 0,style:t?this.addStyle:this.style},this.internalCreatedByPane?this.tabProps||{}:this.$attrs)),[F(`span`,{class:v(`${n}-tabs-tab__label`)},[t?(i(),V(e,{key:0},[F(`div`,{class:v(`${n}-tabs-tab__height-placeholder`)},`\xA0`,2),(i(),D(k,{clsPrefix:n},{default:()=>(i(),D(ae))},1032,[`clsPrefix`]))],64)):(i(),V(e,{key:1},[d?(i(),V(e,{key:0},[C(()=>d())],64)):(i(),V(e,{key:1},[typeof f==`object`?(i(),V(e,{key:0},[C(()=>f)],64)):(i(),V(e,{key:1},[C(()=>W(f??r))],64))],64))],64))],2),l&&this.type===`card`?(i(),D(m,{key:0,clsPrefix:n,class:v(`${n}-tabs-tab__close`),onClick:this.handleClose,disabled:a},null,8,[`clsPrefix`,`class`,`onClick`,`disabled`])):C(()=>null)],16,ke))],2)}}),je=f(`tabs`,`
 box-sizing: border-box;
 width: 100%;
 display: flex;
 flex-direction: column;
 transition:
 background-color .3s var(--n-bezier),
 border-color .3s var(--n-bezier);
`,[I(`&.transition-disabled`,[f(`tabs-tab`,`
 transition: none !important;
 `),f(`tabs-nav-scroll-content`,`
 transition: none !important;
 `),f(`tabs-tab-pad`,`
 transition: none !important;
 `)]),o(`segment-type`,[f(`tabs-rail`,[I(`&.transition-disabled`,[f(`tabs-capsule`,`
 transition: none;
 `)])])]),o(`top`,[f(`tab-pane`,`
 padding: var(--n-pane-padding-top) var(--n-pane-padding-right) var(--n-pane-padding-bottom) var(--n-pane-padding-left);
 `)]),o(`left`,[f(`tab-pane`,`
 padding: var(--n-pane-padding-right) var(--n-pane-padding-bottom) var(--n-pane-padding-left) var(--n-pane-padding-top);
 `)]),o(`left, right`,`
 flex-direction: row;
 `,[f(`tabs-bar`,`
 width: 2px;
 right: 0;
 transition:
 top .2s var(--n-bezier),
 max-height .2s var(--n-bezier),
 background-color .3s var(--n-bezier);
 `),f(`tabs-tab`,`
 padding: var(--n-tab-padding-vertical); 
 `)]),o(`right`,`
 flex-direction: row-reverse;
 `,[f(`tab-pane`,`
 padding: var(--n-pane-padding-left) var(--n-pane-padding-top) var(--n-pane-padding-right) var(--n-pane-padding-bottom);
 `),f(`tabs-bar`,`
 left: 0;
 `)]),o(`bottom`,`
 flex-direction: column-reverse;
 justify-content: flex-end;
 `,[f(`tab-pane`,`
 padding: var(--n-pane-padding-bottom) var(--n-pane-padding-right) var(--n-pane-padding-top) var(--n-pane-padding-left);
 `),f(`tabs-bar`,`
 top: 0;
 `)]),f(`tabs-rail`,`
 position: relative;
 padding: 3px;
 border-radius: var(--n-tab-border-radius);
 width: 100%;
 background-color: var(--n-color-segment);
 transition: background-color .3s var(--n-bezier);
 display: flex;
 align-items: center;
 `,[f(`tabs-capsule`,`
 border-radius: var(--n-tab-border-radius);
 position: absolute;
 left: 0;
 top: 0;
 pointer-events: none;
 background-color: var(--n-tab-color-segment);
 box-shadow: 0 1px 3px 0 rgba(0, 0, 0, .08);
 transition: transform 0.3s var(--n-bezier);
 `),f(`tabs-tab-wrapper`,`
 flex-basis: 0;
 flex-grow: 1;
 display: flex;
 align-items: center;
 justify-content: center;
 `,[f(`tabs-tab`,`
 overflow: hidden;
 border-radius: var(--n-tab-border-radius);
 width: 100%;
 display: flex;
 align-items: center;
 justify-content: center;
 `,[o(`active`,`
 font-weight: var(--n-font-weight-strong);
 color: var(--n-tab-text-color-active);
 `),I(`&:hover`,`
 color: var(--n-tab-text-color-hover);
 `)])])]),o(`flex`,[f(`tabs-nav`,`
 width: 100%;
 position: relative;
 `,[f(`tabs-wrapper`,`
 width: 100%;
 `,[f(`tabs-tab`,`
 margin-right: 0;
 `)])])]),f(`tabs-nav`,`
 box-sizing: border-box;
 line-height: 1.5;
 display: flex;
 transition: border-color .3s var(--n-bezier);
 `,[h(`prefix, suffix`,`
 display: flex;
 align-items: center;
 `),h(`prefix`,`padding-right: 16px;`),h(`suffix`,`padding-left: 16px;`)]),o(`top, bottom`,[I(`>`,[f(`tabs-nav`,[f(`tabs-nav-scroll-wrapper`,[I(`&::before`,`
 top: 0;
 bottom: 0;
 left: 0;
 width: 20px;
 `),I(`&::after`,`
 top: 0;
 bottom: 0;
 right: 0;
 width: 20px;
 `),o(`shadow-start`,[I(`&::before`,`
 box-shadow: inset 10px 0 8px -8px rgba(0, 0, 0, .12);
 `)]),o(`shadow-end`,[I(`&::after`,`
 box-shadow: inset -10px 0 8px -8px rgba(0, 0, 0, .12);
 `)])])])])]),o(`left, right`,[f(`tabs-nav-scroll-content`,`
 flex-direction: column;
 `),I(`>`,[f(`tabs-nav`,[f(`tabs-nav-scroll-wrapper`,[I(`&::before`,`
 top: 0;
 left: 0;
 right: 0;
 height: 20px;
 `),I(`&::after`,`
 bottom: 0;
 left: 0;
 right: 0;
 height: 20px;
 `),o(`shadow-start`,[I(`&::before`,`
 box-shadow: inset 0 10px 8px -8px rgba(0, 0, 0, .12);
 `)]),o(`shadow-end`,[I(`&::after`,`
 box-shadow: inset 0 -10px 8px -8px rgba(0, 0, 0, .12);
 `)])])])])]),f(`tabs-nav-scroll-wrapper`,`
 flex: 1;
 position: relative;
 overflow: hidden;
 `,[f(`tabs-nav-y-scroll`,`
 height: 100%;
 width: 100%;
 overflow-y: auto; 
 scrollbar-width: none;
 `,[I(`&::-webkit-scrollbar, &::-webkit-scrollbar-track-piece, &::-webkit-scrollbar-thumb`,`
 width: 0;
 height: 0;
 display: none;
 `)]),I(`&::before, &::after`,`
 transition: box-shadow .3s var(--n-bezier);
 pointer-events: none;
 content: "";
 position: absolute;
 z-index: 1;
 `),I(`&.transition-disabled`,[I(`&::before, &::after`,`
 transition: none;
 `)])]),f(`tabs-nav-scroll-content`,`
 display: flex;
 position: relative;
 min-width: 100%;
 min-height: 100%;
 width: fit-content;
 box-sizing: border-box;
 `),f(`tabs-wrapper`,`
 display: inline-flex;
 flex-wrap: nowrap;
 position: relative;
 `),f(`tabs-tab-wrapper`,`
 display: flex;
 flex-wrap: nowrap;
 flex-shrink: 0;
 flex-grow: 0;
 `),f(`tabs-tab`,`
 cursor: pointer;
 white-space: nowrap;
 flex-wrap: nowrap;
 display: inline-flex;
 align-items: center;
 color: var(--n-tab-text-color);
 font-size: var(--n-tab-font-size);
 background-clip: padding-box;
 padding: var(--n-tab-padding);
 transition:
 box-shadow .3s var(--n-bezier),
 color .3s var(--n-bezier),
 background-color .3s var(--n-bezier),
 border-color .3s var(--n-bezier);
 `,[o(`disabled`,{cursor:`not-allowed`}),h(`close`,`
 margin-inline-start: 6px;
 transition:
 background-color .3s var(--n-bezier),
 color .3s var(--n-bezier);
 `),h(`label`,`
 display: flex;
 align-items: center;
 z-index: 1;
 `)]),f(`tabs-bar`,`
 position: absolute;
 bottom: 0;
 height: 2px;
 border-radius: 1px;
 background-color: var(--n-bar-color);
 transition:
 left .2s var(--n-bezier),
 max-width .2s var(--n-bezier),
 opacity .3s var(--n-bezier),
 background-color .3s var(--n-bezier);
 `,[I(`&.transition-disabled`,`
 transition: none;
 `),o(`disabled`,`
 background-color: var(--n-tab-text-color-disabled)
 `)]),f(`tabs-pane-wrapper`,`
 position: relative;
 overflow: hidden;
 transition: max-height .2s var(--n-bezier);
 `),f(`tab-pane`,`
 color: var(--n-pane-text-color);
 width: 100%;
 transition:
 color .3s var(--n-bezier),
 background-color .3s var(--n-bezier),
 opacity .2s var(--n-bezier);
 left: 0;
 right: 0;
 top: 0;
 `,[I(`&.next-transition-leave-active, &.prev-transition-leave-active, &.next-transition-enter-active, &.prev-transition-enter-active`,`
 transition:
 color .3s var(--n-bezier),
 background-color .3s var(--n-bezier),
 transform .2s var(--n-bezier),
 opacity .2s var(--n-bezier);
 `),I(`&.next-transition-leave-active, &.prev-transition-leave-active`,`
 position: absolute;
 `),I(`&.next-transition-enter-from, &.prev-transition-leave-to`,`
 transform: translateX(32px);
 opacity: 0;
 `),I(`&.next-transition-leave-to, &.prev-transition-enter-from`,`
 transform: translateX(-32px);
 opacity: 0;
 `),I(`&.next-transition-leave-from, &.next-transition-enter-to, &.prev-transition-leave-from, &.prev-transition-enter-to`,`
 transform: translateX(0);
 opacity: 1;
 `)]),f(`tabs-tab-pad`,`
 box-sizing: border-box;
 width: var(--n-tab-gap);
 flex-grow: 0;
 flex-shrink: 0;
 `),o(`line-type, bar-type`,[f(`tabs-tab`,`
 font-weight: var(--n-tab-font-weight);
 box-sizing: border-box;
 vertical-align: bottom;
 `,[I(`&:hover`,{color:`var(--n-tab-text-color-hover)`}),o(`active`,`
 color: var(--n-tab-text-color-active);
 font-weight: var(--n-tab-font-weight-active);
 `),o(`disabled`,{color:`var(--n-tab-text-color-disabled)`})])]),f(`tabs-nav`,[h(`prefix, suffix`,`
 border-color: var(--n-tab-border-color);
 `),f(`tabs-nav-scroll-content`,`
 border-color: var(--n-tab-border-color);
 `),o(`line-type`,[o(`top`,[h(`prefix, suffix`,`
 border-bottom: 1px solid var(--n-tab-border-color);
 `),f(`tabs-nav-scroll-content`,`
 border-bottom: 1px solid var(--n-tab-border-color);
 `),f(`tabs-bar`,`
 bottom: -1px;
 `)]),o(`left`,[h(`prefix, suffix`,`
 border-right: 1px solid var(--n-tab-border-color);
 `),f(`tabs-nav-scroll-content`,`
 border-right: 1px solid var(--n-tab-border-color);
 `),f(`tabs-bar`,`
 right: -1px;
 `)]),o(`right`,[h(`prefix, suffix`,`
 border-left: 1px solid var(--n-tab-border-color);
 `),f(`tabs-nav-scroll-content`,`
 border-left: 1px solid var(--n-tab-border-color);
 `),f(`tabs-bar`,`
 left: -1px;
 `)]),o(`bottom`,[h(`prefix, suffix`,`
 border-top: 1px solid var(--n-tab-border-color);
 `),f(`tabs-nav-scroll-content`,`
 border-top: 1px solid var(--n-tab-border-color);
 `),f(`tabs-bar`,`
 top: -1px;
 `)]),h(`prefix, suffix`,`
 transition: border-color .3s var(--n-bezier);
 `),f(`tabs-nav-scroll-content`,`
 transition: border-color .3s var(--n-bezier);
 `),f(`tabs-bar`,`
 border-radius: 0;
 `)]),o(`card-type`,[h(`prefix, suffix`,`
 transition: border-color .3s var(--n-bezier);
 `),f(`tabs-pad`,`
 flex-grow: 1;
 transition: border-color .3s var(--n-bezier);
 `),f(`tabs-tab-pad`,`
 transition: border-color .3s var(--n-bezier);
 `),f(`tabs-tab`,`
 font-weight: var(--n-tab-font-weight);
 border: 1px solid var(--n-tab-border-color);
 background-color: var(--n-tab-color);
 box-sizing: border-box;
 position: relative;
 vertical-align: bottom;
 display: flex;
 justify-content: space-between;
 font-size: var(--n-tab-font-size);
 color: var(--n-tab-text-color);
 `,[o(`addable`,`
 padding-left: 8px;
 padding-right: 8px;
 font-size: 16px;
 justify-content: center;
 `,[h(`height-placeholder`,`
 width: 0;
 font-size: var(--n-tab-font-size);
 `),c(`disabled`,[I(`&:hover`,`
 color: var(--n-tab-text-color-hover);
 `)])]),o(`closable`,`padding-inline-end: 8px;`),o(`active`,`
 background-color: #0000;
 font-weight: var(--n-tab-font-weight-active);
 color: var(--n-tab-text-color-active);
 `),o(`disabled`,`color: var(--n-tab-text-color-disabled);`)])]),o(`left, right`,`
 flex-direction: column; 
 `,[h(`prefix, suffix`,`
 padding: var(--n-tab-padding-vertical);
 `),f(`tabs-wrapper`,`
 flex-direction: column;
 `),f(`tabs-tab-wrapper`,`
 flex-direction: column;
 `,[f(`tabs-tab-pad`,`
 height: var(--n-tab-gap-vertical);
 width: 100%;
 `)])]),o(`top`,[o(`card-type`,[f(`tabs-scroll-padding`,`border-bottom: 1px solid var(--n-tab-border-color);`),h(`prefix, suffix`,`
 border-bottom: 1px solid var(--n-tab-border-color);
 `),f(`tabs-tab`,`
 border-top-left-radius: var(--n-tab-border-radius);
 border-top-right-radius: var(--n-tab-border-radius);
 `,[o(`active`,`
 border-bottom: 1px solid #0000;
 `)]),f(`tabs-tab-pad`,`
 border-bottom: 1px solid var(--n-tab-border-color);
 `),f(`tabs-pad`,`
 border-bottom: 1px solid var(--n-tab-border-color);
 `)])]),o(`left`,[o(`card-type`,[f(`tabs-scroll-padding`,`border-right: 1px solid var(--n-tab-border-color);`),h(`prefix, suffix`,`
 border-right: 1px solid var(--n-tab-border-color);
 `),f(`tabs-tab`,`
 border-top-left-radius: var(--n-tab-border-radius);
 border-bottom-left-radius: var(--n-tab-border-radius);
 `,[o(`active`,`
 border-right: 1px solid #0000;
 `)]),f(`tabs-tab-pad`,`
 border-right: 1px solid var(--n-tab-border-color);
 `),f(`tabs-pad`,`
 border-right: 1px solid var(--n-tab-border-color);
 `)])]),o(`right`,[o(`card-type`,[f(`tabs-scroll-padding`,`border-left: 1px solid var(--n-tab-border-color);`),h(`prefix, suffix`,`
 border-left: 1px solid var(--n-tab-border-color);
 `),f(`tabs-tab`,`
 border-top-right-radius: var(--n-tab-border-radius);
 border-bottom-right-radius: var(--n-tab-border-radius);
 `,[o(`active`,`
 border-left: 1px solid #0000;
 `)]),f(`tabs-tab-pad`,`
 border-left: 1px solid var(--n-tab-border-color);
 `),f(`tabs-pad`,`
 border-left: 1px solid var(--n-tab-border-color);
 `)])]),o(`bottom`,[o(`card-type`,[f(`tabs-scroll-padding`,`border-top: 1px solid var(--n-tab-border-color);`),h(`prefix, suffix`,`
 border-top: 1px solid var(--n-tab-border-color);
 `),f(`tabs-tab`,`
 border-bottom-left-radius: var(--n-tab-border-radius);
 border-bottom-right-radius: var(--n-tab-border-radius);
 `,[o(`active`,`
 border-top: 1px solid #0000;
 `)]),f(`tabs-tab-pad`,`
 border-top: 1px solid var(--n-tab-border-color);
 `),f(`tabs-pad`,`
 border-top: 1px solid var(--n-tab-border-color);
 `)])])]),f(`tabs-scroll-button`,[o(`start`,`
 padding-left: 10px;
 padding-right: 6px;
 `),o(`end`,`
 padding-right: 10px;
 padding-left: 6px;
 `),o(`up`,`
 padding-bottom: 10px;
 `),o(`down`,`
 padding-top: 10px;
 `)])]),Me=H({name:`TabsButton`,props:{type:{type:String,default:`next`},mergedClsPrefix:{type:String,required:!0},vertical:Boolean,disabled:Boolean,rtl:Boolean,theme:Object,themeOverrides:Object,onClick:Function},setup(e){return{handleClick:()=>{e.disabled||e.onClick?.(e.type)}}},render(){let{mergedClsPrefix:e,disabled:t,type:n,vertical:r,rtl:a,theme:o,themeOverrides:s,handleClick:c}=this,u=n===`next`,d=r?u:a?!u:u;return i(),D(U,{text:!0,disabled:t,size:`small`,theme:o,themeOverrides:s,onClick:c,class:v([`${e}-tabs-scroll-button`,!r&&n===`prev`&&`${e}-tabs-scroll-button--start`,!r&&n===`next`&&`${e}-tabs-scroll-button--end`,r&&n===`prev`&&`${e}-tabs-scroll-button--up`,r&&n===`next`&&`${e}-tabs-scroll-button--down`])},{icon:()=>(i(),D(k,{clsPrefix:e,style:l(r?{transform:`rotate(90deg)`}:void 0)},{default:()=>d?(i(),D(se,{key:1})):(i(),D(oe,{key:2}))},1032,[`clsPrefix`,`style`]))},1032,[`disabled`,`theme`,`themeOverrides`,`onClick`,`class`])}}),Ne=we,Pe={...y.props,value:[String,Number],defaultValue:[String,Number],trigger:{type:String,default:`click`},type:{type:String,default:`bar`},closable:Boolean,justifyContent:String,size:String,placement:{type:String,default:`top`},tabStyle:[String,Object],tabClass:String,addTabStyle:[String,Object],addTabClass:String,barWidth:Number,paneClass:String,paneStyle:[String,Object],paneWrapperClass:String,paneWrapperStyle:[String,Object],addable:[Boolean,Object],tabsPadding:{type:Number,default:0},animated:Boolean,onBeforeLeave:Function,onAdd:Function,"onUpdate:value":[Function,Array],onUpdateValue:[Function,Array],onClose:[Function,Array],labelSize:String,activeName:[String,Number],onActiveNameChange:[Function,Array],showScrollButton:Boolean,centerActiveTab:Boolean},Fe=H({name:`Tabs`,props:Pe,slots:Object,setup(e,{slots:t}){let{mergedClsPrefixRef:n,inlineThemeDisabled:r,mergedComponentPropsRef:i,mergedRtlRef:o}=s(e),c=T(`Tabs`,o,n),l=B(()=>{let{placement:t}=e;return t===`start`?c?.value?`right`:`left`:t===`end`?c?.value?`left`:`right`:t}),u=y(`Tabs`,`-tabs`,je,ie,e,n),f=S(null),m=S(null),h=S(null),g=S(null),v=S(null),b=S(null),x=S(null),C=S(!0),E=S(!0),D=ce(e,[`labelSize`,`size`]),k=B(()=>D.value?D.value:i?.value?.Tabs?.size||`medium`),A=ce(e,[`activeName`,`value`]),j=S(A.value??e.defaultValue??(t.default?O(t.default())[0]?.props?.name:null)),M=ue(A,j),P={id:0},F=B(()=>{if(e.justifyContent&&e.type!==`card`)return{display:`flex`,justifyContent:e.justifyContent}});L(M,()=>{P.id=0,V(),N(()=>{U()})});function I(){let{value:e}=M;return e===null?null:f.value?.querySelector(`[data-name="${e}"]`)}function R(t){if(e.type===`card`)return;let{value:r}=h;if(!r)return;let i=r.style.opacity===`0`;if(t){let a=`${n.value}-tabs-bar--disabled`,{barWidth:o}=e,s=l.value;if(t.dataset.disabled===`true`?r.classList.add(a):r.classList.remove(a),[`top`,`bottom`].includes(s)){if(te([`top`,`maxHeight`,`height`]),typeof o==`number`&&t.offsetWidth>=o){let e=Math.floor((t.offsetWidth-o)/2)+t.offsetLeft;r.style.left=`${e}px`,r.style.maxWidth=`${o}px`}else r.style.left=`${t.offsetLeft}px`,r.style.maxWidth=`${t.offsetWidth}px`;r.style.width=`8192px`,i&&(r.style.transition=`none`),r.offsetWidth,i&&(r.style.transition=``,r.style.opacity=`1`)}else{if(te([`left`,`maxWidth`,`width`]),typeof o==`number`&&t.offsetHeight>=o){let e=Math.floor((t.offsetHeight-o)/2)+t.offsetTop;r.style.top=`${e}px`,r.style.maxHeight=`${o}px`}else r.style.top=`${t.offsetTop}px`,r.style.maxHeight=`${t.offsetHeight}px`;r.style.height=`8192px`,i&&(r.style.transition=`none`),r.offsetHeight,i&&(r.style.transition=``,r.style.opacity=`1`)}}}function ee(){if(e.type===`card`)return;let{value:t}=h;t&&(t.style.opacity=`0`)}function te(e){let{value:t}=h;if(t)for(let n of e)t.style[n]=``}function V(){if(e.type===`card`)return;let t=I();t?R(t):ee()}function H(e,t,n,r){let i=e.getBoundingClientRect(),a=t.getBoundingClientRect(),o=n?`left`:`top`,s=n?`right`:`bottom`,c=0;r?c=(a[o]+a[s])/2-(i[o]+i[s])/2:a[o]<i[o]?c=a[o]-i[o]:a[s]>i[s]&&(c=a[s]-i[s]),c!==0&&e.scrollBy({[o]:c,behavior:`smooth`})}function U(){let t=[`top`,`bottom`].includes(l.value),n=I();if(n){if(t){let r=b.value?.$el;if(!r)return;H(r,n,t,e.centerActiveTab)}else{let{value:r}=x;if(!r)return;H(r,n,t,e.centerActiveTab)}}}let W=S(null),G=0,K=null;function ae(e){let t=W.value;if(t){G=e.getBoundingClientRect().height;let n=`${G}px`,r=()=>{t.style.height=n,t.style.maxHeight=n};K?(r(),K(),K=null):K=r}}function oe(e){let t=W.value;if(t){let n=e.getBoundingClientRect().height,r=()=>{document.body.offsetHeight,t.style.maxHeight=`${n}px`,t.style.height=`${Math.max(G,n)}px`};K?(K(),K=null,r()):K=r}}function se(){let t=W.value;if(t){t.style.maxHeight=``,t.style.height=``;let{paneWrapperStyle:n}=e;if(typeof n==`string`)t.style.cssText=n;else if(n){let{maxHeight:e,height:r}=n;e!==void 0&&(t.style.maxHeight=e),r!==void 0&&(t.style.height=r)}}}let le={value:[]},q=S(`next`);function fe(e){let t=M.value,n=`next`;for(let r of le.value){if(r===t)break;if(r===e){n=`prev`;break}}q.value=n,pe(e)}function pe(t){let{onActiveNameChange:n,onUpdateValue:r,"onUpdate:value":i}=e;n&&z(n,t),r&&z(r,t),i&&z(i,t),j.value=t}function me(t){let{onClose:n}=e;n&&z(n,t)}function he(e){if([`top`,`bottom`].includes(l.value)){let{value:t}=b;if(!t)return;let n=t.$el;if(!n)return;let r=n.offsetWidth,i=!!c?.value,a=e===`next`?r:-r;n.scrollBy({left:i?-a:a,behavior:`smooth`})}else{let{value:t}=x;if(!t)return;let n=t.offsetHeight,r=e===`next`?t.scrollTop+n:t.scrollTop-n;t.scrollTo({top:r,left:0,behavior:`smooth`})}}let J=!0;function ge(){let{value:e}=h;if(!e)return;J&&=!1;let t=`transition-disabled`;e.classList.add(t),V(),e.classList.remove(t)}let Y=S(null);function X({transitionDisabled:e}){let t=f.value;if(!t)return;e&&t.classList.add(`transition-disabled`);let n=I();n&&Y.value&&(Y.value.style.width=`${n.offsetWidth}px`,Y.value.style.height=`${n.offsetHeight}px`,Y.value.style.transform=`translate(${n.offsetLeft}px, ${n.offsetTop}px)`,e&&Y.value.offsetWidth),e&&t.classList.remove(`transition-disabled`)}L([M],()=>{e.type===`segment`&&N(()=>{X({transitionDisabled:!1})})}),re(()=>{e.type===`segment`&&X({transitionDisabled:!0})});let _e=0;function ve(t){if(t.contentRect.width===0&&t.contentRect.height===0||_e===t.contentRect.width)return;_e=t.contentRect.width;let{type:n}=e;(n===`line`||n===`bar`)&&(J||e.justifyContent?.startsWith(`space`))&&ge(),n!==`segment`&&Q(Te())}let ye=Ne(ve,64);function be(){let{type:t}=e;t===`line`||t===`bar`?ge():t===`segment`&&X({transitionDisabled:!0})}L([()=>e.justifyContent,()=>e.size],()=>{N(()=>{(e.type===`line`||e.type===`bar`)&&ge()})}),L([l,()=>c?.value],()=>{N(()=>{be(),Q(Te(),{instantly:!0})})}),L(()=>e.type,()=>{N(()=>{let e=m.value;e&&(e.classList.add(`transition-disabled`),be(),e.offsetWidth,e.classList.remove(`transition-disabled`))})});let Z=S(!1);function xe(e){let{target:t,contentRect:{width:n,height:r}}=e,i=t.parentElement.parentElement.offsetWidth,a=t.parentElement.parentElement.offsetHeight,o=l.value;if(!Z.value)o===`top`||o===`bottom`?i<n&&(Z.value=!0):a<r&&(Z.value=!0);else{let{value:e}=v;if(!e)return;o===`top`||o===`bottom`?i-n>e.$el.offsetWidth&&(Z.value=!1):a-r>e.$el.offsetHeight&&(Z.value=!1)}Q(b.value?.$el||null)}let Se=Ne(xe,64);function Ce(){let{onAdd:t}=e;t&&t()}let we=S(!1);function Te(){let e=l.value;return(e===`top`||e===`bottom`?b.value?.$el:x.value)||null}function Q(e,t={instantly:!1}){if(!e)return;let n=t.instantly?g.value:null;n&&n.classList.add(`transition-disabled`);let r=l.value;if(r===`top`||r===`bottom`){let{scrollLeft:t,scrollWidth:n,offsetWidth:r}=e,i=Math.abs(t);C.value=i<=1,E.value=i+r>=n-1,we.value=r<n-1}else{let{scrollTop:t,scrollHeight:n,offsetHeight:r}=e;C.value=t<=1,E.value=t+r>=n-1,we.value=r<n-1}n&&(n.offsetWidth,n.classList.remove(`transition-disabled`))}let De=Ne(e=>{Q(e.target)},64);ne(Ee,{triggerRef:w(e,`trigger`),tabStyleRef:w(e,`tabStyle`),tabClassRef:w(e,`tabClass`),addTabStyleRef:w(e,`addTabStyle`),addTabClassRef:w(e,`addTabClass`),paneClassRef:w(e,`paneClass`),paneStyleRef:w(e,`paneStyle`),mergedClsPrefixRef:n,typeRef:w(e,`type`),closableRef:w(e,`closable`),valueRef:M,tabChangeIdRef:P,onBeforeLeaveRef:w(e,`onBeforeLeave`),activateTab:fe,handleClose:me,handleAdd:Ce}),de(()=>{V(),U()}),p(()=>{let{value:e}=g;if(!e)return;let{value:t}=n,r=`${t}-tabs-nav-scroll-wrapper--shadow-start`,i=`${t}-tabs-nav-scroll-wrapper--shadow-end`;C.value?e.classList.remove(r):e.classList.add(r),E.value?e.classList.remove(i):e.classList.add(i)});let Oe={syncBarPosition:()=>{V()},scrollToCurrentTab:()=>{U()}},ke=()=>{X({transitionDisabled:!0})},Ae=B(()=>{let{value:t}=k,{type:n}=e,r=`${t}${{card:`Card`,bar:`Bar`,line:`Line`,segment:`Segment`}[n]}`,{self:{barColor:i,closeIconColor:a,closeIconColorHover:o,closeIconColorPressed:s,tabColor:c,tabBorderColor:l,paneTextColor:f,tabFontWeight:p,tabBorderRadius:m,tabFontWeightActive:h,colorSegment:g,fontWeightStrong:v,tabColorSegment:y,closeSize:b,closeIconSize:x,closeColorHover:S,closeColorPressed:C,closeBorderRadius:w,[d(`panePadding`,t)]:T,[d(`tabPadding`,r)]:E,[d(`tabPaddingVertical`,r)]:D,[d(`tabGap`,r)]:O,[d(`tabGap`,`${r}Vertical`)]:A,[d(`tabTextColor`,n)]:j,[d(`tabTextColorActive`,n)]:M,[d(`tabTextColorHover`,n)]:N,[d(`tabTextColorDisabled`,n)]:P,[d(`tabFontSize`,t)]:F},common:{cubicBezierEaseInOut:I}}=u.value;return{"--n-bezier":I,"--n-color-segment":g,"--n-bar-color":i,"--n-tab-font-size":F,"--n-tab-text-color":j,"--n-tab-text-color-active":M,"--n-tab-text-color-disabled":P,"--n-tab-text-color-hover":N,"--n-pane-text-color":f,"--n-tab-border-color":l,"--n-tab-border-radius":m,"--n-close-size":b,"--n-close-icon-size":x,"--n-close-color-hover":S,"--n-close-color-pressed":C,"--n-close-border-radius":w,"--n-close-icon-color":a,"--n-close-icon-color-hover":o,"--n-close-icon-color-pressed":s,"--n-tab-color":c,"--n-tab-font-weight":p,"--n-tab-font-weight-active":h,"--n-tab-padding":E,"--n-tab-padding-vertical":D,"--n-tab-gap":O,"--n-tab-gap-vertical":A,"--n-pane-padding-left":_(T,`left`),"--n-pane-padding-right":_(T,`right`),"--n-pane-padding-top":_(T,`top`),"--n-pane-padding-bottom":_(T,`bottom`),"--n-font-weight-strong":v,"--n-tab-color-segment":y}}),$=r?a(`tabs`,B(()=>`${k.value[0]}${e.type[0]}`),Ae,e):void 0;return{mergedClsPrefix:n,mergedValue:M,renderedNames:new Set,segmentCapsuleElRef:Y,tabsPaneWrapperRef:W,tabsElRef:f,selfElRef:m,barElRef:h,addTabInstRef:v,xScrollInstRef:b,scrollWrapperElRef:g,addTabFixed:Z,tabWrapperStyle:F,handleNavResize:ye,mergedSize:k,handleScroll:De,handleTabsResize:Se,cssVars:r?void 0:Ae,themeClass:$?.themeClass,animationDirection:q,renderNameListRef:le,yScrollElRef:x,handleSegmentResize:ke,onAnimationBeforeLeave:ae,onAnimationEnter:oe,onAnimationAfterEnter:se,onRender:$?.onRender,startReachedRef:C,endReachedRef:E,isOverflow:we,handleButtonClick:he,mergedTheme:u,rtlEnabled:c,mergedPlacement:l,...Oe}},render(){let{mergedClsPrefix:r,type:a,mergedPlacement:o,addTabFixed:s,addable:c,mergedSize:u,renderNameListRef:d,onRender:f,paneWrapperClass:p,paneWrapperStyle:m,startReachedRef:h,endReachedRef:g,isOverflow:_,showScrollButton:y,handleButtonClick:b,mergedTheme:x,rtlEnabled:S,$slots:{default:w,prefix:T,suffix:E}}=this;f?.();let k=w?O(w()).filter(e=>e.type.__TAB_PANE__===!0):[],j=w?O(w()).filter(e=>e.type.__TAB__===!0):[],M=!j.length,N=a===`card`,I=a===`segment`,L=!N&&!I&&this.justifyContent;d.value=[];let R=()=>{let a=(i(),V(`div`,{style:l(this.tabWrapperStyle),class:v(`${r}-tabs-wrapper`)},[L?C(()=>null):(i(),V(`div`,{key:1,class:v(`${r}-tabs-scroll-padding`),style:l(o===`top`||o===`bottom`?{width:`${this.tabsPadding}px`}:{height:`${this.tabsPadding}px`})},null,6)),M?(i(),V(e,{key:2},[C(()=>k.map((e,t)=>(d.value.push(e.props.name),ze((i(),D($,P(e.props,{internalCreatedByPane:!0,internalLeftPadded:t!==0&&(!L||L===`center`||L===`start`||L===`end`)}),n(e.children?{default:e.children.tab}:void 0),1040,[`internalLeftPadded`]))))))],64)):(i(),V(e,{key:3},[C(()=>j.map((e,t)=>(d.value.push(e.props.name),ze(t!==0&&!L?Re(e):e))))],64)),!s&&c&&N?(i(),V(e,{key:4},[C(()=>Le(c,(M?k.length:j.length)!==0))],64)):C(()=>null),L?C(()=>null):(i(),V(`div`,{key:7,class:v(`${r}-tabs-scroll-padding`),style:l({width:`${this.tabsPadding}px`})},null,6)),N?C(()=>null):(i(),V(`div`,{key:9,ref:`barElRef`,class:v(`${r}-tabs-bar`)},null,2))],6));return i(),V(`div`,{ref:`tabsElRef`,class:v(`${r}-tabs-nav-scroll-content`)},[N&&c?(i(),D(t,{key:0,onResize:this.handleTabsResize},{default:()=>a},1032,[`onResize`])):(i(),V(e,{key:1},[C(()=>a)],64)),N?(i(),V(`div`,{key:2,class:v(`${r}-tabs-pad`)},null,2)):C(()=>null)],2)},z=I?`top`:o;return i(),V(`div`,{ref:`selfElRef`,class:v([`${r}-tabs`,this.themeClass,`${r}-tabs--${a}-type`,`${r}-tabs--${u}-size`,L&&`${r}-tabs--flex`,`${r}-tabs--${z}`,S&&`${r}-tabs--rtl`]),style:l(this.cssVars)},[F(`div`,{class:v([`${r}-tabs-nav--${a}-type`,`${r}-tabs-nav--${z}`,`${r}-tabs-nav`])},[C(()=>A(T,e=>e&&(i(),V(`div`,{class:v(`${r}-tabs-nav__prefix`)},[C(()=>e)],2)))),I?(i(),D(t,{key:0,onResize:this.handleSegmentResize},{default:()=>(i(),V(`div`,{class:v(`${r}-tabs-rail`),ref:`tabsElRef`},[F(`div`,{class:v(`${r}-tabs-capsule`),ref:`segmentCapsuleElRef`},[F(`div`,{class:v(`${r}-tabs-wrapper`)},[F(`div`,{class:v(`${r}-tabs-tab`)},null,2)],2)],2),M?(i(),V(e,{key:0},[C(()=>k.map((e,t)=>(d.value.push(e.props.name),i(),D($,P(e.props,{internalCreatedByPane:!0,internalLeftPadded:t!==0}),n(e.children?{default:e.children.tab}:void 0),1040,[`internalLeftPadded`]))))],64)):(i(),V(e,{key:1},[C(()=>j.map((e,t)=>(d.value.push(e.props.name),t===0?e:Re(e))))],64))],2))},1032,[`onResize`])):(i(),V(e,{key:1},[C(()=>y&&_&&(i(),D(Me,{mergedClsPrefix:r,type:`prev`,vertical:z===`left`||z===`right`,disabled:h,rtl:!!S,theme:x.peers.Button,themeOverrides:x.peerOverrides.Button,onClick:b},null,8,[`mergedClsPrefix`,`vertical`,`disabled`,`rtl`,`theme`,`themeOverrides`,`onClick`]))),(i(),D(t,{onResize:this.handleNavResize},{default:()=>(i(),V(`div`,{class:v(`${r}-tabs-nav-scroll-wrapper`),ref:`scrollWrapperElRef`},[[`top`,`bottom`].includes(z)?(i(),D(Q,{key:0,ref:`xScrollInstRef`,onScroll:this.handleScroll},{default:R},1032,[`onScroll`])):(i(),V(`div`,{key:1,class:v(`${r}-tabs-nav-y-scroll`),onScroll:this.handleScroll,ref:`yScrollElRef`},[C(()=>R())],42,[`onScroll`]))],2))},1032,[`onResize`])),C(()=>y&&_&&(i(),D(Me,{mergedClsPrefix:r,type:`next`,vertical:z===`left`||z===`right`,disabled:g,rtl:!!S,theme:x.peers.Button,themeOverrides:x.peerOverrides.Button,onClick:b},null,8,[`mergedClsPrefix`,`vertical`,`disabled`,`rtl`,`theme`,`themeOverrides`,`onClick`])))],64)),s&&c&&N?(i(),V(e,{key:2},[C(()=>Le(c,!0))],64)):C(()=>null),C(()=>A(E,e=>e&&(i(),V(`div`,{class:v(`${r}-tabs-nav__suffix`)},[C(()=>e)],2))))],2),C(()=>M&&(this.animated&&(z===`top`||z===`bottom`)?(i(),V(`div`,{key:1,ref:`tabsPaneWrapperRef`,style:l(m),class:v([`${r}-tabs-pane-wrapper`,p])},[C(()=>Ie(k,this.mergedValue,this.renderedNames,this.onAnimationBeforeLeave,this.onAnimationEnter,this.onAnimationAfterEnter,this.animationDirection))],6)):Ie(k,this.mergedValue,this.renderedNames)))],6)}});function Ie(e,t,n,r,a,o,s){let c=[];return e.forEach(e=>{let{name:r,displayDirective:i,"display-directive":a}=e.props,o=e=>i===e||a===e,s=t===r;if(e.key!==void 0&&(e.key=r),s||o(`show`)||o(`show:lazy`)&&n.has(r)){n.has(r)||n.add(r);let t=!o(`if`);c.push(t?g(e,[[E,s]]):e)}}),s?(i(),D(b,{name:`${s}-transition`,onBeforeLeave:r,onEnter:a,onAfterEnter:o},{default:()=>c},1032,[`name`,`onBeforeLeave`,`onEnter`,`onAfterEnter`])):c}function Le(e,t){return i(),D($,{ref:`addTabInstRef`,key:`__addable`,name:`__addable`,internalCreatedByPane:!0,internalAddable:!0,internalLeftPadded:t,disabled:typeof e==`object`&&e.disabled},null,8,[`internalLeftPadded`,`disabled`])}function Re(e){let t=R(e);return t.props?t.props.internalLeftPadded=!0:t.props={internalLeftPadded:!0},t}function ze(e){return Array.isArray(e.dynamicProps)?e.dynamicProps.includes(`internalLeftPadded`)||e.dynamicProps.push(`internalLeftPadded`):e.dynamicProps=[`internalLeftPadded`],e}export{Oe as n,Fe as t};