import{$ as e,A as t,E as n,J as r,Q as i,T as a,V as o,Y as s,g as c,w as l,x as u,y as d}from"./i18n-D5Ga6e_b.js";import{$t as f,At as p,Cn as m,F as h,Fn as g,Gt as _,I as v,Kt as y,Lt as b,Mn as x,N as S,S as C,Sn as w,St as T,Tn as E,V as D,Vt as O,W as k,Yt as A,an as j,ln as M,mn as N,nn as P,pn as F,qt as I,tn as L,v as R,vt as z,x as B,xt as V,y as H,yt as U,z as W,zn as G}from"./_plugin-vue_export-helper-7feDbWgl.js";import{s as K}from"./Popover-UVc6psB9.js";import{t as q}from"./use-merged-state-B4XHzrZT.js";import{I as J,N as Y,W as X,X as Z}from"./index-Q9UsUwtw.js";var Q=[`onMouseenter`,`onMouseleave`,`onMousedown`],$={key:1,role:`none`},ee=f({name:`NDrawerContent`,inheritAttrs:!1,props:{blockScroll:Boolean,show:{type:Boolean,default:void 0},displayDirective:{type:String,required:!0},placement:{type:String,required:!0},contentClass:String,contentStyle:[Object,String],nativeScrollbar:{type:Boolean,required:!0},scrollbarProps:Object,trapFocus:{type:Boolean,default:!0},autoFocus:{type:Boolean,default:!0},showMask:{type:[Boolean,String],required:!0},maxWidth:Number,maxHeight:Number,minWidth:Number,minHeight:Number,resizable:Boolean,onClickoutside:Function,onAfterLeave:Function,onAfterEnter:Function,onEsc:Function},setup(a){let o=x(!!a.show),c=x(null),l=P(e),u=0,d=``,f=null,p=x(!1),h=x(!1),g=_(()=>a.placement===`top`||a.placement===`bottom`),{mergedClsPrefixRef:v,mergedRtlRef:y}=D(a),S=t(`Drawer`,y,v),C=L,T=e=>{h.value=!0,u=g.value?e.clientY:e.clientX,d=document.body.style.cursor,document.body.style.cursor=g.value?`ns-resize`:`ew-resize`,document.body.addEventListener(`mousemove`,I),document.body.addEventListener(`mouseleave`,C),document.body.addEventListener(`mouseup`,L)},E=()=>{f!==null&&(window.clearTimeout(f),f=null),h.value?p.value=!0:f=window.setTimeout(()=>{p.value=!0},300)},O=()=>{f!==null&&(window.clearTimeout(f),f=null),p.value=!1},{doUpdateHeight:k,doUpdateWidth:A}=l,j=e=>{let{maxWidth:t}=a;if(t&&e>t)return t;let{minWidth:n}=a;return n&&e<n?n:e},F=e=>{let{maxHeight:t}=a;if(t&&e>t)return t;let{minHeight:n}=a;return n&&e<n?n:e};function I(e){if(h.value){if(g.value){let t=c.value?.offsetHeight||0,n=u-e.clientY;t+=a.placement===`bottom`?n:-n,t=F(t),k(t),u=e.clientY}else{let t=c.value?.offsetWidth||0,n=u-e.clientX;t+=a.placement===`right`?n:-n,t=j(t),A(t),u=e.clientX}}}function L(){h.value&&(u=0,h.value=!1,document.body.style.cursor=d,document.body.removeEventListener(`mousemove`,I),document.body.removeEventListener(`mouseup`,L),document.body.removeEventListener(`mouseleave`,C))}m(()=>{a.show&&(o.value=!0)}),w(()=>a.show,e=>{e||L()}),M(()=>{L()});let R=_(()=>{let{show:e}=a,t=[[b,e]];return a.showMask||t.push([n,a.onClickoutside,void 0,{capture:!0}]),t});function z(){o.value=!1,a.onAfterLeave?.()}return Z(_(()=>a.blockScroll&&o.value)),N(i,c),N(r,null),N(s,null),{bodyRef:c,rtlEnabled:S,mergedClsPrefix:l.mergedClsPrefixRef,isMounted:l.isMountedRef,mergedTheme:l.mergedThemeRef,displayed:o,transitionName:_(()=>({right:`slide-in-from-right-transition`,left:`slide-in-from-left-transition`,top:`slide-in-from-top-transition`,bottom:`slide-in-from-bottom-transition`})[a.placement]),handleAfterLeave:z,bodyDirectives:R,handleMousedownResizeTrigger:T,handleMouseenterResizeTrigger:E,handleMouseleaveResizeTrigger:O,isDragging:h,isHoverOnResizeTrigger:p}},render(){let{$slots:e,mergedClsPrefix:t}=this;return this.displayDirective===`show`||this.displayed||this.show?E((F(),A(`div`,$,[(F(),I(u,{disabled:!this.showMask||!this.trapFocus,active:this.show,autoFocus:this.autoFocus,onEsc:this.onEsc},{default:()=>(F(),I(p,{name:this.transitionName,appear:this.isMounted,onAfterEnter:this.onAfterEnter,onAfterLeave:this.handleAfterLeave},{default:()=>E(L(`div`,j(this.$attrs,{role:`dialog`,ref:`bodyRef`,"aria-modal":`true`,class:[`${t}-drawer`,this.rtlEnabled&&`${t}-drawer--rtl`,`${t}-drawer--${this.placement}-placement`,this.isDragging&&`${t}-drawer--unselectable`,this.nativeScrollbar&&`${t}-drawer--native-scrollbar`]}),[this.resizable?(F(),A(`div`,{key:2,class:S([`${t}-drawer__resize-trigger`,(this.isDragging||this.isHoverOnResizeTrigger)&&`${t}-drawer__resize-trigger--hover`]),onMouseenter:this.handleMouseenterResizeTrigger,onMouseleave:this.handleMouseleaveResizeTrigger,onMousedown:this.handleMousedownResizeTrigger},null,42,Q)):null,this.nativeScrollbar?(F(),A(`div`,{key:3,class:S([`${t}-drawer-content-wrapper`,this.contentClass]),style:G(this.contentStyle),role:`none`},[v(()=>e.default?.())],6)):(F(),I(d,j({key:4},this.scrollbarProps,{contentStyle:this.contentStyle,contentClass:[`${t}-drawer-content-wrapper`,this.contentClass],theme:this.mergedTheme.peers.Scrollbar,themeOverrides:this.mergedTheme.peerOverrides.Scrollbar}),h(e),1040,[`contentStyle`,`contentClass`,`theme`,`themeOverrides`]))]),this.bodyDirectives)},1032,[`name`,`appear`,`onAfterEnter`,`onAfterLeave`]))},1032,[`disabled`,`active`,`autoFocus`,`onEsc`]))])),[[b,this.displayDirective===`if`||this.displayed||this.show]]):null}}),{cubicBezierEaseIn:te,cubicBezierEaseOut:ne}=W;function re({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-bottom`}={}){return[z(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${te}`}),z(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${ne}`}),z(`&.${n}-transition-enter-to`,{transform:`translateY(0)`}),z(`&.${n}-transition-enter-from`,{transform:`translateY(100%)`}),z(`&.${n}-transition-leave-from`,{transform:`translateY(0)`}),z(`&.${n}-transition-leave-to`,{transform:`translateY(100%)`})]}var{cubicBezierEaseIn:ie,cubicBezierEaseOut:ae}=W;function oe({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-left`}={}){return[z(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${ie}`}),z(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${ae}`}),z(`&.${n}-transition-enter-to`,{transform:`translateX(0)`}),z(`&.${n}-transition-enter-from`,{transform:`translateX(-100%)`}),z(`&.${n}-transition-leave-from`,{transform:`translateX(0)`}),z(`&.${n}-transition-leave-to`,{transform:`translateX(-100%)`})]}var{cubicBezierEaseIn:se,cubicBezierEaseOut:ce}=W;function le({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-right`}={}){return[z(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${se}`}),z(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${ce}`}),z(`&.${n}-transition-enter-to`,{transform:`translateX(0)`}),z(`&.${n}-transition-enter-from`,{transform:`translateX(100%)`}),z(`&.${n}-transition-leave-from`,{transform:`translateX(0)`}),z(`&.${n}-transition-leave-to`,{transform:`translateX(100%)`})]}var{cubicBezierEaseIn:ue,cubicBezierEaseOut:de}=W;function fe({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-top`}={}){return[z(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${ue}`}),z(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${de}`}),z(`&.${n}-transition-enter-to`,{transform:`translateY(0)`}),z(`&.${n}-transition-enter-from`,{transform:`translateY(-100%)`}),z(`&.${n}-transition-leave-from`,{transform:`translateY(0)`}),z(`&.${n}-transition-leave-to`,{transform:`translateY(-100%)`})]}var pe=z([U(`drawer`,`
 word-break: break-word;
 line-height: var(--n-line-height);
 position: absolute;
 pointer-events: all;
 box-shadow: var(--n-box-shadow);
 transition:
 background-color .3s var(--n-bezier),
 color .3s var(--n-bezier);
 background-color: var(--n-color);
 color: var(--n-text-color);
 box-sizing: border-box;
 `,[le(),oe(),fe(),re(),T(`unselectable`,`
 user-select: none; 
 -webkit-user-select: none;
 `),T(`native-scrollbar`,[U(`drawer-content-wrapper`,`
 overflow: auto;
 height: 100%;
 `)]),V(`resize-trigger`,`
 position: absolute;
 background-color: #0000;
 transition: background-color .3s var(--n-bezier);
 `,[T(`hover`,`
 background-color: var(--n-resize-trigger-color-hover);
 `)]),U(`drawer-content-wrapper`,`
 box-sizing: border-box;
 `),U(`drawer-content`,`
 height: 100%;
 display: flex;
 flex-direction: column;
 `,[T(`native-scrollbar`,[U(`drawer-body-content-wrapper`,`
 height: 100%;
 overflow: auto;
 `)]),U(`drawer-body`,`
 flex: 1 0 0;
 overflow: hidden;
 `),U(`drawer-body-content-wrapper`,`
 box-sizing: border-box;
 padding: var(--n-body-padding);
 `),U(`drawer-header`,`
 font-weight: var(--n-title-font-weight);
 line-height: 1;
 font-size: var(--n-title-font-size);
 color: var(--n-title-text-color);
 padding: var(--n-header-padding);
 transition: border .3s var(--n-bezier);
 border-bottom: 1px solid var(--n-divider-color);
 border-bottom: var(--n-header-border-bottom);
 display: flex;
 justify-content: space-between;
 align-items: center;
 `,[V(`main`,`
 flex: 1;
 `),V(`close`,`
 margin-left: 6px;
 transition:
 background-color .3s var(--n-bezier),
 color .3s var(--n-bezier);
 `)]),U(`drawer-footer`,`
 display: flex;
 justify-content: flex-end;
 border-top: var(--n-footer-border-top);
 transition: border .3s var(--n-bezier);
 padding: var(--n-footer-padding);
 `)]),T(`right-placement`,`
 top: 0;
 bottom: 0;
 right: 0;
 border-top-left-radius: var(--n-border-radius);
 border-bottom-left-radius: var(--n-border-radius);
 `,[V(`resize-trigger`,`
 width: 3px;
 height: 100%;
 top: 0;
 left: 0;
 transform: translateX(-1.5px);
 cursor: ew-resize;
 `)]),T(`left-placement`,`
 top: 0;
 bottom: 0;
 left: 0;
 border-top-right-radius: var(--n-border-radius);
 border-bottom-right-radius: var(--n-border-radius);
 `,[V(`resize-trigger`,`
 width: 3px;
 height: 100%;
 top: 0;
 right: 0;
 transform: translateX(1.5px);
 cursor: ew-resize;
 `)]),T(`top-placement`,`
 top: 0;
 left: 0;
 right: 0;
 border-bottom-left-radius: var(--n-border-radius);
 border-bottom-right-radius: var(--n-border-radius);
 `,[V(`resize-trigger`,`
 width: 100%;
 height: 3px;
 bottom: 0;
 left: 0;
 transform: translateY(1.5px);
 cursor: ns-resize;
 `)]),T(`bottom-placement`,`
 left: 0;
 bottom: 0;
 right: 0;
 border-top-left-radius: var(--n-border-radius);
 border-top-right-radius: var(--n-border-radius);
 `,[V(`resize-trigger`,`
 width: 100%;
 height: 3px;
 top: 0;
 left: 0;
 transform: translateY(-1.5px);
 cursor: ns-resize;
 `)])]),z(`body`,[z(`>`,[U(`drawer-container`,`
 position: fixed;
 `)])]),U(`drawer-container`,`
 position: relative;
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 pointer-events: none;
 `,[z(`> *`,`
 pointer-events: all;
 `)]),U(`drawer-mask`,`
 background-color: rgba(0, 0, 0, .3);
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 `,[T(`invisible`,`
 background-color: rgba(0, 0, 0, 0)
 `),R({enterDuration:`0.2s`,leaveDuration:`0.2s`,enterCubicBezier:`var(--n-bezier-in)`,leaveCubicBezier:`var(--n-bezier-out)`})])]),me=[`onClick`],he={...B.props,show:Boolean,width:[Number,String],height:[Number,String],placement:{type:String,default:`right`},maskClosable:{type:Boolean,default:!0},showMask:{type:[Boolean,String],default:!0},to:[String,Object],displayDirective:{type:String,default:`if`},nativeScrollbar:{type:Boolean,default:!0},zIndex:Number,onMaskClick:Function,scrollbarProps:Object,contentClass:String,contentStyle:[Object,String],trapFocus:{type:Boolean,default:!0},onEsc:Function,autoFocus:{type:Boolean,default:!0},closeOnEsc:{type:Boolean,default:!0},blockScroll:{type:Boolean,default:!0},maxWidth:Number,maxHeight:Number,minWidth:Number,minHeight:Number,resizable:Boolean,defaultWidth:{type:[Number,String],default:251},defaultHeight:{type:[Number,String],default:251},onUpdateWidth:[Function,Array],onUpdateHeight:[Function,Array],"onUpdate:width":[Function,Array],"onUpdate:height":[Function,Array],"onUpdate:show":[Function,Array],onUpdateShow:[Function,Array],onAfterEnter:Function,onAfterLeave:Function,drawerStyle:[String,Object],drawerClass:String,target:null,onShow:Function,onHide:Function},ge=f({name:`Drawer`,inheritAttrs:!1,props:he,setup(t){let{mergedClsPrefixRef:n,namespaceRef:r,inlineThemeDisabled:i}=D(t),a=H(),s=B(`Drawer`,`-drawer`,pe,Y,t,n),c=x(t.defaultWidth),l=x(t.defaultHeight),u=q(g(t,`width`),c),d=q(g(t,`height`),l),f=_(()=>{let{placement:e}=t;return e===`top`||e===`bottom`?``:K(u.value)}),p=_(()=>{let{placement:e}=t;return e===`left`||e===`right`?``:K(d.value)}),m=e=>{let{onUpdateWidth:n,"onUpdate:width":r}=t;n&&o(n,e),r&&o(r,e),c.value=e},h=e=>{let{onUpdateHeight:n,"onUpdate:width":r}=t;n&&o(n,e),r&&o(r,e),l.value=e},v=_(()=>[{width:f.value,height:p.value},t.drawerStyle||``]);function y(e){let{onMaskClick:n,maskClosable:r}=t;r&&T(!1),n&&n(e)}function b(e){y(e)}let S=J();function w(e){t.onEsc?.(),t.show&&t.closeOnEsc&&X(e)&&(S.value||T(!1))}function T(e){let{onHide:n,onUpdateShow:r,"onUpdate:show":i}=t;r&&o(r,e),i&&o(i,e),n&&!e&&o(n,e)}N(e,{isMountedRef:a,mergedThemeRef:s,mergedClsPrefixRef:n,doUpdateShow:T,doUpdateHeight:h,doUpdateWidth:m});let E=_(()=>{let{common:{cubicBezierEaseInOut:e,cubicBezierEaseIn:t,cubicBezierEaseOut:n},self:{color:r,textColor:i,boxShadow:a,lineHeight:o,headerPadding:c,footerPadding:l,borderRadius:u,bodyPadding:d,titleFontSize:f,titleTextColor:p,titleFontWeight:m,headerBorderBottom:h,footerBorderTop:g,closeIconColor:_,closeIconColorHover:v,closeIconColorPressed:y,closeColorHover:b,closeColorPressed:x,closeIconSize:S,closeSize:C,closeBorderRadius:w,resizableTriggerColorHover:T}}=s.value;return{"--n-line-height":o,"--n-color":r,"--n-border-radius":u,"--n-text-color":i,"--n-box-shadow":a,"--n-bezier":e,"--n-bezier-out":n,"--n-bezier-in":t,"--n-header-padding":c,"--n-body-padding":d,"--n-footer-padding":l,"--n-title-text-color":p,"--n-title-font-size":f,"--n-title-font-weight":m,"--n-header-border-bottom":h,"--n-footer-border-top":g,"--n-close-icon-color":_,"--n-close-icon-color-hover":v,"--n-close-icon-color-pressed":y,"--n-close-size":C,"--n-close-color-hover":b,"--n-close-color-pressed":x,"--n-close-icon-size":S,"--n-close-border-radius":w,"--n-resize-trigger-color-hover":T}}),O=i?C(`drawer`,void 0,E,t):void 0;return{mergedClsPrefix:n,namespace:r,mergedBodyStyle:v,handleOutsideClick:b,handleMaskClick:y,handleEsc:w,mergedTheme:s,cssVars:i?void 0:E,themeClass:O?.themeClass,onRender:O?.onRender,isMounted:a}},render(){let{mergedClsPrefix:e}=this;return F(),I(l,{to:this.to,show:this.show},{default:()=>(this.onRender?.(),E((F(),A(`div`,{class:S([`${e}-drawer-container`,this.namespace,this.themeClass]),style:G(this.cssVars),role:`none`},[this.showMask?(F(),I(p,{key:0,name:`fade-in-transition`,appear:this.isMounted},{default:()=>this.show?(F(),A(`div`,{key:1,"aria-hidden":!0,class:S([`${e}-drawer-mask`,this.showMask===`transparent`&&`${e}-drawer-mask--invisible`]),onClick:this.handleMaskClick},null,10,me)):null},1032,[`appear`])):v(()=>null),(F(),I(ee,j(this.$attrs,{class:[this.drawerClass,this.$attrs.class],style:[this.mergedBodyStyle,this.$attrs.style],blockScroll:this.blockScroll,contentStyle:this.contentStyle,contentClass:this.contentClass,placement:this.placement,scrollbarProps:this.scrollbarProps,show:this.show,displayDirective:this.displayDirective,nativeScrollbar:this.nativeScrollbar,onAfterEnter:this.onAfterEnter,onAfterLeave:this.onAfterLeave,trapFocus:this.trapFocus,autoFocus:this.autoFocus,resizable:this.resizable,maxHeight:this.maxHeight,minHeight:this.minHeight,maxWidth:this.maxWidth,minWidth:this.minWidth,showMask:this.showMask,onEsc:this.handleEsc,onClickoutside:this.handleOutsideClick}),h(this.$slots),1040,[`class`,`style`,`blockScroll`,`contentStyle`,`contentClass`,`placement`,`scrollbarProps`,`show`,`displayDirective`,`nativeScrollbar`,`onAfterEnter`,`onAfterLeave`,`trapFocus`,`autoFocus`,`resizable`,`maxHeight`,`minHeight`,`maxWidth`,`minWidth`,`showMask`,`onEsc`,`onClickoutside`]))],6)),[[a,{zIndex:this.zIndex,enabled:this.show}]]))},1032,[`to`,`show`])}}),_e=f({name:`DrawerContent`,props:{title:String,headerClass:String,headerStyle:[Object,String],footerClass:String,footerStyle:[Object,String],bodyClass:String,bodyStyle:[Object,String],bodyContentClass:String,bodyContentStyle:[Object,String],nativeScrollbar:{type:Boolean,default:!0},scrollbarProps:Object,closable:Boolean},slots:Object,setup(){let t=P(e,null);t||k(`drawer-content`,"`n-drawer-content` must be placed inside `n-drawer`.");let{doUpdateShow:n}=t;function r(){n(!1)}return{handleCloseClick:r,mergedTheme:t.mergedThemeRef,mergedClsPrefix:t.mergedClsPrefixRef}},render(){let{title:e,mergedClsPrefix:t,nativeScrollbar:n,mergedTheme:r,bodyClass:i,bodyStyle:a,bodyContentClass:o,bodyContentStyle:s,headerClass:l,headerStyle:u,footerClass:f,footerStyle:p,scrollbarProps:m,closable:g,$slots:_}=this;return F(),A(`div`,{role:`none`,class:S([`${t}-drawer-content`,n&&`${t}-drawer-content--native-scrollbar`])},[_.header||e||g?(F(),A(`div`,{key:0,class:S([`${t}-drawer-header`,l]),style:G(u),role:`none`},[y(`div`,{class:S(`${t}-drawer-header__main`),role:`heading`,"aria-level":`1`},[_.header===void 0?(F(),A(O,{key:1},[v(()=>e)],64)):(F(),A(O,{key:0},[v(()=>_.header())],64))],2),v(()=>g&&(F(),I(c,{onClick:this.handleCloseClick,clsPrefix:t,class:S(`${t}-drawer-header__close`),absolute:!0},null,8,[`onClick`,`clsPrefix`,`class`])))],6)):v(()=>null),n?(F(),A(`div`,{key:2,class:S([`${t}-drawer-body`,i]),style:G(a),role:`none`},[y(`div`,{class:S([`${t}-drawer-body-content-wrapper`,o]),style:G(s),role:`none`},[v(()=>_.default?.())],6)],6)):(F(),I(d,j({key:3,themeOverrides:r.peerOverrides.Scrollbar,theme:r.peers.Scrollbar},m,{class:`${t}-drawer-body`,contentClass:[`${t}-drawer-body-content-wrapper`,o],contentStyle:s}),h(_),1040,[`themeOverrides`,`theme`,`class`,`contentClass`,`contentStyle`])),_.footer?(F(),A(`div`,{key:4,class:S([`${t}-drawer-footer`,f]),style:G(p),role:`none`},[v(()=>_.footer())],6)):v(()=>null)],2)}});export{ge as n,_e as t};