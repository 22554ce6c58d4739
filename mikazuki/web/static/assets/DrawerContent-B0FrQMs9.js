import{$ as e,A as t,E as n,J as r,Q as i,T as a,V as o,Y as s,g as c,w as l,x as u,y as d}from"./i18n-7fhTEx4s.js";import{$t as f,At as p,F as m,Gt as h,I as g,Kt as _,Lt as v,N as y,Pn as b,Rn as x,S,Sn as C,St as w,V as T,Vt as E,W as D,Yt as O,an as k,jn as A,ln as j,mn as M,nn as N,pn as P,qt as F,tn as I,v as L,vt as R,wn as z,x as B,xn as V,xt as H,y as U,yt as W,z as G}from"./_plugin-vue_export-helper-nX_YewPX.js";import{s as K}from"./Popover-C2tCSsRf.js";import{t as q}from"./use-merged-state-Cvl8sWHP.js";import{G as J,L as Y,P as X,Z}from"./index-DhzwMCm2.js";var Q=[`onMouseenter`,`onMouseleave`,`onMousedown`],$={key:1,role:`none`},ee=f({name:`NDrawerContent`,inheritAttrs:!1,props:{blockScroll:Boolean,show:{type:Boolean,default:void 0},displayDirective:{type:String,required:!0},placement:{type:String,required:!0},contentClass:String,contentStyle:[Object,String],nativeScrollbar:{type:Boolean,required:!0},scrollbarProps:Object,trapFocus:{type:Boolean,default:!0},autoFocus:{type:Boolean,default:!0},showMask:{type:[Boolean,String],required:!0},maxWidth:Number,maxHeight:Number,minWidth:Number,minHeight:Number,resizable:Boolean,onClickoutside:Function,onAfterLeave:Function,onAfterEnter:Function,onEsc:Function},setup(a){let o=A(!!a.show),c=A(null),l=N(e),u=0,d=``,f=null,p=A(!1),m=A(!1),g=h(()=>a.placement===`top`||a.placement===`bottom`),{mergedClsPrefixRef:_,mergedRtlRef:y}=T(a),b=t(`Drawer`,y,_),x=I,S=e=>{m.value=!0,u=g.value?e.clientY:e.clientX,d=document.body.style.cursor,document.body.style.cursor=g.value?`ns-resize`:`ew-resize`,document.body.addEventListener(`mousemove`,F),document.body.addEventListener(`mouseleave`,x),document.body.addEventListener(`mouseup`,I)},w=()=>{f!==null&&(window.clearTimeout(f),f=null),m.value?p.value=!0:f=window.setTimeout(()=>{p.value=!0},300)},E=()=>{f!==null&&(window.clearTimeout(f),f=null),p.value=!1},{doUpdateHeight:D,doUpdateWidth:O}=l,k=e=>{let{maxWidth:t}=a;if(t&&e>t)return t;let{minWidth:n}=a;return n&&e<n?n:e},P=e=>{let{maxHeight:t}=a;if(t&&e>t)return t;let{minHeight:n}=a;return n&&e<n?n:e};function F(e){if(m.value){if(g.value){let t=c.value?.offsetHeight||0,n=u-e.clientY;t+=a.placement===`bottom`?n:-n,t=P(t),D(t),u=e.clientY}else{let t=c.value?.offsetWidth||0,n=u-e.clientX;t+=a.placement===`right`?n:-n,t=k(t),O(t),u=e.clientX}}}function I(){m.value&&(u=0,m.value=!1,document.body.style.cursor=d,document.body.removeEventListener(`mousemove`,F),document.body.removeEventListener(`mouseup`,I),document.body.removeEventListener(`mouseleave`,x))}C(()=>{a.show&&(o.value=!0)}),V(()=>a.show,e=>{e||I()}),j(()=>{I()});let L=h(()=>{let{show:e}=a,t=[[v,e]];return a.showMask||t.push([n,a.onClickoutside,void 0,{capture:!0}]),t});function R(){o.value=!1,a.onAfterLeave?.()}return Z(h(()=>a.blockScroll&&o.value)),M(i,c),M(r,null),M(s,null),{bodyRef:c,rtlEnabled:b,mergedClsPrefix:l.mergedClsPrefixRef,isMounted:l.isMountedRef,mergedTheme:l.mergedThemeRef,displayed:o,transitionName:h(()=>({right:`slide-in-from-right-transition`,left:`slide-in-from-left-transition`,top:`slide-in-from-top-transition`,bottom:`slide-in-from-bottom-transition`})[a.placement]),handleAfterLeave:R,bodyDirectives:L,handleMousedownResizeTrigger:S,handleMouseenterResizeTrigger:w,handleMouseleaveResizeTrigger:E,isDragging:m,isHoverOnResizeTrigger:p}},render(){let{$slots:e,mergedClsPrefix:t}=this;return this.displayDirective===`show`||this.displayed||this.show?z((P(),O(`div`,$,[(P(),F(u,{disabled:!this.showMask||!this.trapFocus,active:this.show,autoFocus:this.autoFocus,onEsc:this.onEsc},{default:()=>(P(),F(p,{name:this.transitionName,appear:this.isMounted,onAfterEnter:this.onAfterEnter,onAfterLeave:this.handleAfterLeave},{default:()=>z(I(`div`,k(this.$attrs,{role:`dialog`,ref:`bodyRef`,"aria-modal":`true`,class:[`${t}-drawer`,this.rtlEnabled&&`${t}-drawer--rtl`,`${t}-drawer--${this.placement}-placement`,this.isDragging&&`${t}-drawer--unselectable`,this.nativeScrollbar&&`${t}-drawer--native-scrollbar`]}),[this.resizable?(P(),O(`div`,{key:2,class:y([`${t}-drawer__resize-trigger`,(this.isDragging||this.isHoverOnResizeTrigger)&&`${t}-drawer__resize-trigger--hover`]),onMouseenter:this.handleMouseenterResizeTrigger,onMouseleave:this.handleMouseleaveResizeTrigger,onMousedown:this.handleMousedownResizeTrigger},null,42,Q)):null,this.nativeScrollbar?(P(),O(`div`,{key:3,class:y([`${t}-drawer-content-wrapper`,this.contentClass]),style:x(this.contentStyle),role:`none`},[g(()=>e.default?.())],6)):(P(),F(d,k({key:4},this.scrollbarProps,{contentStyle:this.contentStyle,contentClass:[`${t}-drawer-content-wrapper`,this.contentClass],theme:this.mergedTheme.peers.Scrollbar,themeOverrides:this.mergedTheme.peerOverrides.Scrollbar}),m(e),1040,[`contentStyle`,`contentClass`,`theme`,`themeOverrides`]))]),this.bodyDirectives)},1032,[`name`,`appear`,`onAfterEnter`,`onAfterLeave`]))},1032,[`disabled`,`active`,`autoFocus`,`onEsc`]))])),[[v,this.displayDirective===`if`||this.displayed||this.show]]):null}}),{cubicBezierEaseIn:te,cubicBezierEaseOut:ne}=G;function re({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-bottom`}={}){return[R(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${te}`}),R(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${ne}`}),R(`&.${n}-transition-enter-to`,{transform:`translateY(0)`}),R(`&.${n}-transition-enter-from`,{transform:`translateY(100%)`}),R(`&.${n}-transition-leave-from`,{transform:`translateY(0)`}),R(`&.${n}-transition-leave-to`,{transform:`translateY(100%)`})]}var{cubicBezierEaseIn:ie,cubicBezierEaseOut:ae}=G;function oe({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-left`}={}){return[R(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${ie}`}),R(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${ae}`}),R(`&.${n}-transition-enter-to`,{transform:`translateX(0)`}),R(`&.${n}-transition-enter-from`,{transform:`translateX(-100%)`}),R(`&.${n}-transition-leave-from`,{transform:`translateX(0)`}),R(`&.${n}-transition-leave-to`,{transform:`translateX(-100%)`})]}var{cubicBezierEaseIn:se,cubicBezierEaseOut:ce}=G;function le({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-right`}={}){return[R(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${se}`}),R(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${ce}`}),R(`&.${n}-transition-enter-to`,{transform:`translateX(0)`}),R(`&.${n}-transition-enter-from`,{transform:`translateX(100%)`}),R(`&.${n}-transition-leave-from`,{transform:`translateX(0)`}),R(`&.${n}-transition-leave-to`,{transform:`translateX(100%)`})]}var{cubicBezierEaseIn:ue,cubicBezierEaseOut:de}=G;function fe({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-top`}={}){return[R(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${ue}`}),R(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${de}`}),R(`&.${n}-transition-enter-to`,{transform:`translateY(0)`}),R(`&.${n}-transition-enter-from`,{transform:`translateY(-100%)`}),R(`&.${n}-transition-leave-from`,{transform:`translateY(0)`}),R(`&.${n}-transition-leave-to`,{transform:`translateY(-100%)`})]}var pe=R([W(`drawer`,`
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
 `,[le(),oe(),fe(),re(),w(`unselectable`,`
 user-select: none; 
 -webkit-user-select: none;
 `),w(`native-scrollbar`,[W(`drawer-content-wrapper`,`
 overflow: auto;
 height: 100%;
 `)]),H(`resize-trigger`,`
 position: absolute;
 background-color: #0000;
 transition: background-color .3s var(--n-bezier);
 `,[w(`hover`,`
 background-color: var(--n-resize-trigger-color-hover);
 `)]),W(`drawer-content-wrapper`,`
 box-sizing: border-box;
 `),W(`drawer-content`,`
 height: 100%;
 display: flex;
 flex-direction: column;
 `,[w(`native-scrollbar`,[W(`drawer-body-content-wrapper`,`
 height: 100%;
 overflow: auto;
 `)]),W(`drawer-body`,`
 flex: 1 0 0;
 overflow: hidden;
 `),W(`drawer-body-content-wrapper`,`
 box-sizing: border-box;
 padding: var(--n-body-padding);
 `),W(`drawer-header`,`
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
 `,[H(`main`,`
 flex: 1;
 `),H(`close`,`
 margin-left: 6px;
 transition:
 background-color .3s var(--n-bezier),
 color .3s var(--n-bezier);
 `)]),W(`drawer-footer`,`
 display: flex;
 justify-content: flex-end;
 border-top: var(--n-footer-border-top);
 transition: border .3s var(--n-bezier);
 padding: var(--n-footer-padding);
 `)]),w(`right-placement`,`
 top: 0;
 bottom: 0;
 right: 0;
 border-top-left-radius: var(--n-border-radius);
 border-bottom-left-radius: var(--n-border-radius);
 `,[H(`resize-trigger`,`
 width: 3px;
 height: 100%;
 top: 0;
 left: 0;
 transform: translateX(-1.5px);
 cursor: ew-resize;
 `)]),w(`left-placement`,`
 top: 0;
 bottom: 0;
 left: 0;
 border-top-right-radius: var(--n-border-radius);
 border-bottom-right-radius: var(--n-border-radius);
 `,[H(`resize-trigger`,`
 width: 3px;
 height: 100%;
 top: 0;
 right: 0;
 transform: translateX(1.5px);
 cursor: ew-resize;
 `)]),w(`top-placement`,`
 top: 0;
 left: 0;
 right: 0;
 border-bottom-left-radius: var(--n-border-radius);
 border-bottom-right-radius: var(--n-border-radius);
 `,[H(`resize-trigger`,`
 width: 100%;
 height: 3px;
 bottom: 0;
 left: 0;
 transform: translateY(1.5px);
 cursor: ns-resize;
 `)]),w(`bottom-placement`,`
 left: 0;
 bottom: 0;
 right: 0;
 border-top-left-radius: var(--n-border-radius);
 border-top-right-radius: var(--n-border-radius);
 `,[H(`resize-trigger`,`
 width: 100%;
 height: 3px;
 top: 0;
 left: 0;
 transform: translateY(-1.5px);
 cursor: ns-resize;
 `)])]),R(`body`,[R(`>`,[W(`drawer-container`,`
 position: fixed;
 `)])]),W(`drawer-container`,`
 position: relative;
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 pointer-events: none;
 `,[R(`> *`,`
 pointer-events: all;
 `)]),W(`drawer-mask`,`
 background-color: rgba(0, 0, 0, .3);
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 `,[w(`invisible`,`
 background-color: rgba(0, 0, 0, 0)
 `),L({enterDuration:`0.2s`,leaveDuration:`0.2s`,enterCubicBezier:`var(--n-bezier-in)`,leaveCubicBezier:`var(--n-bezier-out)`})])]),me=[`onClick`],he={...B.props,show:Boolean,width:[Number,String],height:[Number,String],placement:{type:String,default:`right`},maskClosable:{type:Boolean,default:!0},showMask:{type:[Boolean,String],default:!0},to:[String,Object],displayDirective:{type:String,default:`if`},nativeScrollbar:{type:Boolean,default:!0},zIndex:Number,onMaskClick:Function,scrollbarProps:Object,contentClass:String,contentStyle:[Object,String],trapFocus:{type:Boolean,default:!0},onEsc:Function,autoFocus:{type:Boolean,default:!0},closeOnEsc:{type:Boolean,default:!0},blockScroll:{type:Boolean,default:!0},maxWidth:Number,maxHeight:Number,minWidth:Number,minHeight:Number,resizable:Boolean,defaultWidth:{type:[Number,String],default:251},defaultHeight:{type:[Number,String],default:251},onUpdateWidth:[Function,Array],onUpdateHeight:[Function,Array],"onUpdate:width":[Function,Array],"onUpdate:height":[Function,Array],"onUpdate:show":[Function,Array],onUpdateShow:[Function,Array],onAfterEnter:Function,onAfterLeave:Function,drawerStyle:[String,Object],drawerClass:String,target:null,onShow:Function,onHide:Function},ge=f({name:`Drawer`,inheritAttrs:!1,props:he,setup(t){let{mergedClsPrefixRef:n,namespaceRef:r,inlineThemeDisabled:i}=T(t),a=U(),s=B(`Drawer`,`-drawer`,pe,X,t,n),c=A(t.defaultWidth),l=A(t.defaultHeight),u=q(b(t,`width`),c),d=q(b(t,`height`),l),f=h(()=>{let{placement:e}=t;return e===`top`||e===`bottom`?``:K(u.value)}),p=h(()=>{let{placement:e}=t;return e===`left`||e===`right`?``:K(d.value)}),m=e=>{let{onUpdateWidth:n,"onUpdate:width":r}=t;n&&o(n,e),r&&o(r,e),c.value=e},g=e=>{let{onUpdateHeight:n,"onUpdate:width":r}=t;n&&o(n,e),r&&o(r,e),l.value=e},_=h(()=>[{width:f.value,height:p.value},t.drawerStyle||``]);function v(e){let{onMaskClick:n,maskClosable:r}=t;r&&w(!1),n&&n(e)}function y(e){v(e)}let x=Y();function C(e){t.onEsc?.(),t.show&&t.closeOnEsc&&J(e)&&(x.value||w(!1))}function w(e){let{onHide:n,onUpdateShow:r,"onUpdate:show":i}=t;r&&o(r,e),i&&o(i,e),n&&!e&&o(n,e)}M(e,{isMountedRef:a,mergedThemeRef:s,mergedClsPrefixRef:n,doUpdateShow:w,doUpdateHeight:g,doUpdateWidth:m});let E=h(()=>{let{common:{cubicBezierEaseInOut:e,cubicBezierEaseIn:t,cubicBezierEaseOut:n},self:{color:r,textColor:i,boxShadow:a,lineHeight:o,headerPadding:c,footerPadding:l,borderRadius:u,bodyPadding:d,titleFontSize:f,titleTextColor:p,titleFontWeight:m,headerBorderBottom:h,footerBorderTop:g,closeIconColor:_,closeIconColorHover:v,closeIconColorPressed:y,closeColorHover:b,closeColorPressed:x,closeIconSize:S,closeSize:C,closeBorderRadius:w,resizableTriggerColorHover:T}}=s.value;return{"--n-line-height":o,"--n-color":r,"--n-border-radius":u,"--n-text-color":i,"--n-box-shadow":a,"--n-bezier":e,"--n-bezier-out":n,"--n-bezier-in":t,"--n-header-padding":c,"--n-body-padding":d,"--n-footer-padding":l,"--n-title-text-color":p,"--n-title-font-size":f,"--n-title-font-weight":m,"--n-header-border-bottom":h,"--n-footer-border-top":g,"--n-close-icon-color":_,"--n-close-icon-color-hover":v,"--n-close-icon-color-pressed":y,"--n-close-size":C,"--n-close-color-hover":b,"--n-close-color-pressed":x,"--n-close-icon-size":S,"--n-close-border-radius":w,"--n-resize-trigger-color-hover":T}}),D=i?S(`drawer`,void 0,E,t):void 0;return{mergedClsPrefix:n,namespace:r,mergedBodyStyle:_,handleOutsideClick:y,handleMaskClick:v,handleEsc:C,mergedTheme:s,cssVars:i?void 0:E,themeClass:D?.themeClass,onRender:D?.onRender,isMounted:a}},render(){let{mergedClsPrefix:e}=this;return P(),F(l,{to:this.to,show:this.show},{default:()=>(this.onRender?.(),z((P(),O(`div`,{class:y([`${e}-drawer-container`,this.namespace,this.themeClass]),style:x(this.cssVars),role:`none`},[this.showMask?(P(),F(p,{key:0,name:`fade-in-transition`,appear:this.isMounted},{default:()=>this.show?(P(),O(`div`,{key:1,"aria-hidden":!0,class:y([`${e}-drawer-mask`,this.showMask===`transparent`&&`${e}-drawer-mask--invisible`]),onClick:this.handleMaskClick},null,10,me)):null},1032,[`appear`])):g(()=>null),(P(),F(ee,k(this.$attrs,{class:[this.drawerClass,this.$attrs.class],style:[this.mergedBodyStyle,this.$attrs.style],blockScroll:this.blockScroll,contentStyle:this.contentStyle,contentClass:this.contentClass,placement:this.placement,scrollbarProps:this.scrollbarProps,show:this.show,displayDirective:this.displayDirective,nativeScrollbar:this.nativeScrollbar,onAfterEnter:this.onAfterEnter,onAfterLeave:this.onAfterLeave,trapFocus:this.trapFocus,autoFocus:this.autoFocus,resizable:this.resizable,maxHeight:this.maxHeight,minHeight:this.minHeight,maxWidth:this.maxWidth,minWidth:this.minWidth,showMask:this.showMask,onEsc:this.handleEsc,onClickoutside:this.handleOutsideClick}),m(this.$slots),1040,[`class`,`style`,`blockScroll`,`contentStyle`,`contentClass`,`placement`,`scrollbarProps`,`show`,`displayDirective`,`nativeScrollbar`,`onAfterEnter`,`onAfterLeave`,`trapFocus`,`autoFocus`,`resizable`,`maxHeight`,`minHeight`,`maxWidth`,`minWidth`,`showMask`,`onEsc`,`onClickoutside`]))],6)),[[a,{zIndex:this.zIndex,enabled:this.show}]]))},1032,[`to`,`show`])}}),_e=f({name:`DrawerContent`,props:{title:String,headerClass:String,headerStyle:[Object,String],footerClass:String,footerStyle:[Object,String],bodyClass:String,bodyStyle:[Object,String],bodyContentClass:String,bodyContentStyle:[Object,String],nativeScrollbar:{type:Boolean,default:!0},scrollbarProps:Object,closable:Boolean},slots:Object,setup(){let t=N(e,null);t||D(`drawer-content`,"`n-drawer-content` must be placed inside `n-drawer`.");let{doUpdateShow:n}=t;function r(){n(!1)}return{handleCloseClick:r,mergedTheme:t.mergedThemeRef,mergedClsPrefix:t.mergedClsPrefixRef}},render(){let{title:e,mergedClsPrefix:t,nativeScrollbar:n,mergedTheme:r,bodyClass:i,bodyStyle:a,bodyContentClass:o,bodyContentStyle:s,headerClass:l,headerStyle:u,footerClass:f,footerStyle:p,scrollbarProps:h,closable:v,$slots:b}=this;return P(),O(`div`,{role:`none`,class:y([`${t}-drawer-content`,n&&`${t}-drawer-content--native-scrollbar`])},[b.header||e||v?(P(),O(`div`,{key:0,class:y([`${t}-drawer-header`,l]),style:x(u),role:`none`},[_(`div`,{class:y(`${t}-drawer-header__main`),role:`heading`,"aria-level":`1`},[b.header===void 0?(P(),O(E,{key:1},[g(()=>e)],64)):(P(),O(E,{key:0},[g(()=>b.header())],64))],2),g(()=>v&&(P(),F(c,{onClick:this.handleCloseClick,clsPrefix:t,class:y(`${t}-drawer-header__close`),absolute:!0},null,8,[`onClick`,`clsPrefix`,`class`])))],6)):g(()=>null),n?(P(),O(`div`,{key:2,class:y([`${t}-drawer-body`,i]),style:x(a),role:`none`},[_(`div`,{class:y([`${t}-drawer-body-content-wrapper`,o]),style:x(s),role:`none`},[g(()=>b.default?.())],6)],6)):(P(),F(d,k({key:3,themeOverrides:r.peerOverrides.Scrollbar,theme:r.peers.Scrollbar},h,{class:`${t}-drawer-body`,contentClass:[`${t}-drawer-body-content-wrapper`,o],contentStyle:s}),m(b),1040,[`themeOverrides`,`theme`,`class`,`contentClass`,`contentStyle`])),b.footer?(P(),O(`div`,{key:4,class:y([`${t}-drawer-footer`,f]),style:x(p),role:`none`},[g(()=>b.footer())],6)):g(()=>null)],2)}});export{ge as n,_e as t};