import{$t as e,D as t,Dt as n,G as r,Gn as i,H as a,It as o,O as s,On as c,Ot as l,Qt as u,Rn as d,T as f,Tt as p,Ut as m,V as h,Vn as g,X as _,Zt as v,an as y,bn as b,cn as x,dn as S,hn as C,jn as w,kn as T,q as E,qt as D,sn as O,tn as k,w as A,wt as j,yn as M,z as N}from"./failure-DdhVUdvy.js";import{C as P,D as F,G as I,K as L,R,S as ee,X as z,Y as B,g as V,p as H,v as U,x as W}from"./Button-5vQ51-9u.js";import{s as G}from"./Popover-plkY3GcX.js";import{t as K}from"./use-merged-state-C3-zl2cW.js";import{I as q,N as J,W as Y,X}from"./index-DU_01afT.js";var Z=[`onMouseenter`,`onMouseleave`,`onMousedown`],Q={key:1,role:`none`},te=y({name:`NDrawerContent`,inheritAttrs:!1,props:{blockScroll:Boolean,show:{type:Boolean,default:void 0},displayDirective:{type:String,required:!0},placement:{type:String,required:!0},contentClass:String,contentStyle:[Object,String],nativeScrollbar:{type:Boolean,required:!0},scrollbarProps:Object,trapFocus:{type:Boolean,default:!0},autoFocus:{type:Boolean,default:!0},showMask:{type:[Boolean,String],required:!0},maxWidth:Number,maxHeight:Number,minWidth:Number,minHeight:Number,resizable:Boolean,onClickoutside:Function,onAfterLeave:Function,onAfterEnter:Function,onEsc:Function},setup(e){let t=d(!!e.show),n=d(null),r=x(z),i=0,a=``,o=null,s=d(!1),l=d(!1),u=v(()=>e.placement===`top`||e.placement===`bottom`),{mergedClsPrefixRef:f,mergedRtlRef:p}=E(e),h=F(`Drawer`,p,f),g=j,_=e=>{l.value=!0,i=u.value?e.clientY:e.clientX,a=document.body.style.cursor,document.body.style.cursor=u.value?`ns-resize`:`ew-resize`,document.body.addEventListener(`mousemove`,A),document.body.addEventListener(`mouseleave`,g),document.body.addEventListener(`mouseup`,j)},y=()=>{o!==null&&(window.clearTimeout(o),o=null),l.value?s.value=!0:o=window.setTimeout(()=>{s.value=!0},300)},S=()=>{o!==null&&(window.clearTimeout(o),o=null),s.value=!1},{doUpdateHeight:w,doUpdateWidth:D}=r,O=t=>{let{maxWidth:n}=e;if(n&&t>n)return n;let{minWidth:r}=e;return r&&t<r?r:t},k=t=>{let{maxHeight:n}=e;if(n&&t>n)return n;let{minHeight:r}=e;return r&&t<r?r:t};function A(t){if(l.value){if(u.value){let r=n.value?.offsetHeight||0,a=i-t.clientY;r+=e.placement===`bottom`?a:-a,r=k(r),w(r),i=t.clientY}else{let r=n.value?.offsetWidth||0,a=i-t.clientX;r+=e.placement===`right`?a:-a,r=O(r),D(r),i=t.clientX}}}function j(){l.value&&(i=0,l.value=!1,document.body.style.cursor=a,document.body.removeEventListener(`mousemove`,A),document.body.removeEventListener(`mouseup`,j),document.body.removeEventListener(`mouseleave`,g))}T(()=>{e.show&&(t.value=!0)}),c(()=>e.show,e=>{e||j()}),C(()=>{j()});let M=v(()=>{let{show:t}=e,n=[[m,t]];return e.showMask||n.push([P,e.onClickoutside,void 0,{capture:!0}]),n});function N(){t.value=!1,e.onAfterLeave?.()}return X(v(()=>e.blockScroll&&t.value)),b(B,n),b(I,null),b(L,null),{bodyRef:n,rtlEnabled:h,mergedClsPrefix:r.mergedClsPrefixRef,isMounted:r.isMountedRef,mergedTheme:r.mergedThemeRef,displayed:t,transitionName:v(()=>({right:`slide-in-from-right-transition`,left:`slide-in-from-left-transition`,top:`slide-in-from-top-transition`,bottom:`slide-in-from-bottom-transition`})[e.placement]),handleAfterLeave:N,bodyDirectives:M,handleMousedownResizeTrigger:_,handleMouseenterResizeTrigger:y,handleMouseleaveResizeTrigger:S,isDragging:l,isHoverOnResizeTrigger:s}},render(){let{$slots:t,mergedClsPrefix:n}=this;return this.displayDirective===`show`||this.displayed||this.show?w((M(),k(`div`,Q,[(M(),e(U,{disabled:!this.showMask||!this.trapFocus,active:this.show,autoFocus:this.autoFocus,onEsc:this.onEsc},{default:()=>(M(),e(o,{name:this.transitionName,appear:this.isMounted,onAfterEnter:this.onAfterEnter,onAfterLeave:this.handleAfterLeave},{default:()=>w(O(`div`,S(this.$attrs,{role:`dialog`,ref:`bodyRef`,"aria-modal":`true`,class:[`${n}-drawer`,this.rtlEnabled&&`${n}-drawer--rtl`,`${n}-drawer--${this.placement}-placement`,this.isDragging&&`${n}-drawer--unselectable`,this.nativeScrollbar&&`${n}-drawer--native-scrollbar`]}),[this.resizable?(M(),k(`div`,{key:2,class:N([`${n}-drawer__resize-trigger`,(this.isDragging||this.isHoverOnResizeTrigger)&&`${n}-drawer__resize-trigger--hover`]),onMouseenter:this.handleMouseenterResizeTrigger,onMouseleave:this.handleMouseleaveResizeTrigger,onMousedown:this.handleMousedownResizeTrigger},null,42,Z)):null,this.nativeScrollbar?(M(),k(`div`,{key:3,class:N([`${n}-drawer-content-wrapper`,this.contentClass]),style:i(this.contentStyle),role:`none`},[a(()=>t.default?.())],6)):(M(),e(V,S({key:4},this.scrollbarProps,{contentStyle:this.contentStyle,contentClass:[`${n}-drawer-content-wrapper`,this.contentClass],theme:this.mergedTheme.peers.Scrollbar,themeOverrides:this.mergedTheme.peerOverrides.Scrollbar}),h(t),1040,[`contentStyle`,`contentClass`,`theme`,`themeOverrides`]))]),this.bodyDirectives)},1032,[`name`,`appear`,`onAfterEnter`,`onAfterLeave`]))},1032,[`disabled`,`active`,`autoFocus`,`onEsc`]))])),[[m,this.displayDirective===`if`||this.displayed||this.show]]):null}}),{cubicBezierEaseIn:ne,cubicBezierEaseOut:re}=r;function ie({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-bottom`}={}){return[j(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${ne}`}),j(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${re}`}),j(`&.${n}-transition-enter-to`,{transform:`translateY(0)`}),j(`&.${n}-transition-enter-from`,{transform:`translateY(100%)`}),j(`&.${n}-transition-leave-from`,{transform:`translateY(0)`}),j(`&.${n}-transition-leave-to`,{transform:`translateY(100%)`})]}var{cubicBezierEaseIn:ae,cubicBezierEaseOut:oe}=r;function se({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-left`}={}){return[j(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${ae}`}),j(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${oe}`}),j(`&.${n}-transition-enter-to`,{transform:`translateX(0)`}),j(`&.${n}-transition-enter-from`,{transform:`translateX(-100%)`}),j(`&.${n}-transition-leave-from`,{transform:`translateX(0)`}),j(`&.${n}-transition-leave-to`,{transform:`translateX(-100%)`})]}var{cubicBezierEaseIn:ce,cubicBezierEaseOut:le}=r;function ue({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-right`}={}){return[j(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${ce}`}),j(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${le}`}),j(`&.${n}-transition-enter-to`,{transform:`translateX(0)`}),j(`&.${n}-transition-enter-from`,{transform:`translateX(100%)`}),j(`&.${n}-transition-leave-from`,{transform:`translateX(0)`}),j(`&.${n}-transition-leave-to`,{transform:`translateX(100%)`})]}var{cubicBezierEaseIn:de,cubicBezierEaseOut:fe}=r;function pe({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-top`}={}){return[j(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${de}`}),j(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${fe}`}),j(`&.${n}-transition-enter-to`,{transform:`translateY(0)`}),j(`&.${n}-transition-enter-from`,{transform:`translateY(-100%)`}),j(`&.${n}-transition-leave-from`,{transform:`translateY(0)`}),j(`&.${n}-transition-leave-to`,{transform:`translateY(-100%)`})]}var $=j([p(`drawer`,`
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
 `,[ue(),se(),pe(),ie(),l(`unselectable`,`
 user-select: none; 
 -webkit-user-select: none;
 `),l(`native-scrollbar`,[p(`drawer-content-wrapper`,`
 overflow: auto;
 height: 100%;
 `)]),n(`resize-trigger`,`
 position: absolute;
 background-color: #0000;
 transition: background-color .3s var(--n-bezier);
 `,[l(`hover`,`
 background-color: var(--n-resize-trigger-color-hover);
 `)]),p(`drawer-content-wrapper`,`
 box-sizing: border-box;
 `),p(`drawer-content`,`
 height: 100%;
 display: flex;
 flex-direction: column;
 `,[l(`native-scrollbar`,[p(`drawer-body-content-wrapper`,`
 height: 100%;
 overflow: auto;
 `)]),p(`drawer-body`,`
 flex: 1 0 0;
 overflow: hidden;
 `),p(`drawer-body-content-wrapper`,`
 box-sizing: border-box;
 padding: var(--n-body-padding);
 `),p(`drawer-header`,`
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
 `,[n(`main`,`
 flex: 1;
 `),n(`close`,`
 margin-left: 6px;
 transition:
 background-color .3s var(--n-bezier),
 color .3s var(--n-bezier);
 `)]),p(`drawer-footer`,`
 display: flex;
 justify-content: flex-end;
 border-top: var(--n-footer-border-top);
 transition: border .3s var(--n-bezier);
 padding: var(--n-footer-padding);
 `)]),l(`right-placement`,`
 top: 0;
 bottom: 0;
 right: 0;
 border-top-left-radius: var(--n-border-radius);
 border-bottom-left-radius: var(--n-border-radius);
 `,[n(`resize-trigger`,`
 width: 3px;
 height: 100%;
 top: 0;
 left: 0;
 transform: translateX(-1.5px);
 cursor: ew-resize;
 `)]),l(`left-placement`,`
 top: 0;
 bottom: 0;
 left: 0;
 border-top-right-radius: var(--n-border-radius);
 border-bottom-right-radius: var(--n-border-radius);
 `,[n(`resize-trigger`,`
 width: 3px;
 height: 100%;
 top: 0;
 right: 0;
 transform: translateX(1.5px);
 cursor: ew-resize;
 `)]),l(`top-placement`,`
 top: 0;
 left: 0;
 right: 0;
 border-bottom-left-radius: var(--n-border-radius);
 border-bottom-right-radius: var(--n-border-radius);
 `,[n(`resize-trigger`,`
 width: 100%;
 height: 3px;
 bottom: 0;
 left: 0;
 transform: translateY(1.5px);
 cursor: ns-resize;
 `)]),l(`bottom-placement`,`
 left: 0;
 bottom: 0;
 right: 0;
 border-top-left-radius: var(--n-border-radius);
 border-top-right-radius: var(--n-border-radius);
 `,[n(`resize-trigger`,`
 width: 100%;
 height: 3px;
 top: 0;
 left: 0;
 transform: translateY(-1.5px);
 cursor: ns-resize;
 `)])]),j(`body`,[j(`>`,[p(`drawer-container`,`
 position: fixed;
 `)])]),p(`drawer-container`,`
 position: relative;
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 pointer-events: none;
 `,[j(`> *`,`
 pointer-events: all;
 `)]),p(`drawer-mask`,`
 background-color: rgba(0, 0, 0, .3);
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 `,[l(`invisible`,`
 background-color: rgba(0, 0, 0, 0)
 `),A({enterDuration:`0.2s`,leaveDuration:`0.2s`,enterCubicBezier:`var(--n-bezier-in)`,leaveCubicBezier:`var(--n-bezier-out)`})])]),me=[`onClick`],he={...t.props,show:Boolean,width:[Number,String],height:[Number,String],placement:{type:String,default:`right`},maskClosable:{type:Boolean,default:!0},showMask:{type:[Boolean,String],default:!0},to:[String,Object],displayDirective:{type:String,default:`if`},nativeScrollbar:{type:Boolean,default:!0},zIndex:Number,onMaskClick:Function,scrollbarProps:Object,contentClass:String,contentStyle:[Object,String],trapFocus:{type:Boolean,default:!0},onEsc:Function,autoFocus:{type:Boolean,default:!0},closeOnEsc:{type:Boolean,default:!0},blockScroll:{type:Boolean,default:!0},maxWidth:Number,maxHeight:Number,minWidth:Number,minHeight:Number,resizable:Boolean,defaultWidth:{type:[Number,String],default:251},defaultHeight:{type:[Number,String],default:251},onUpdateWidth:[Function,Array],onUpdateHeight:[Function,Array],"onUpdate:width":[Function,Array],"onUpdate:height":[Function,Array],"onUpdate:show":[Function,Array],onUpdateShow:[Function,Array],onAfterEnter:Function,onAfterLeave:Function,drawerStyle:[String,Object],drawerClass:String,target:null,onShow:Function,onHide:Function},ge=y({name:`Drawer`,inheritAttrs:!1,props:he,setup(e){let{mergedClsPrefixRef:n,namespaceRef:r,inlineThemeDisabled:i}=E(e),a=f(),o=t(`Drawer`,`-drawer`,$,J,e,n),c=d(e.defaultWidth),l=d(e.defaultHeight),u=K(g(e,`width`),c),p=K(g(e,`height`),l),m=v(()=>{let{placement:t}=e;return t===`top`||t===`bottom`?``:G(u.value)}),h=v(()=>{let{placement:t}=e;return t===`left`||t===`right`?``:G(p.value)}),_=t=>{let{onUpdateWidth:n,"onUpdate:width":r}=e;n&&R(n,t),r&&R(r,t),c.value=t},y=t=>{let{onUpdateHeight:n,"onUpdate:width":r}=e;n&&R(n,t),r&&R(r,t),l.value=t},x=v(()=>[{width:m.value,height:h.value},e.drawerStyle||``]);function S(t){let{onMaskClick:n,maskClosable:r}=e;r&&D(!1),n&&n(t)}function C(e){S(e)}let w=q();function T(t){e.onEsc?.(),e.show&&e.closeOnEsc&&Y(t)&&(w.value||D(!1))}function D(t){let{onHide:n,onUpdateShow:r,"onUpdate:show":i}=e;r&&R(r,t),i&&R(i,t),n&&!t&&R(n,t)}b(z,{isMountedRef:a,mergedThemeRef:o,mergedClsPrefixRef:n,doUpdateShow:D,doUpdateHeight:y,doUpdateWidth:_});let O=v(()=>{let{common:{cubicBezierEaseInOut:e,cubicBezierEaseIn:t,cubicBezierEaseOut:n},self:{color:r,textColor:i,boxShadow:a,lineHeight:s,headerPadding:c,footerPadding:l,borderRadius:u,bodyPadding:d,titleFontSize:f,titleTextColor:p,titleFontWeight:m,headerBorderBottom:h,footerBorderTop:g,closeIconColor:_,closeIconColorHover:v,closeIconColorPressed:y,closeColorHover:b,closeColorPressed:x,closeIconSize:S,closeSize:C,closeBorderRadius:w,resizableTriggerColorHover:T}}=o.value;return{"--n-line-height":s,"--n-color":r,"--n-border-radius":u,"--n-text-color":i,"--n-box-shadow":a,"--n-bezier":e,"--n-bezier-out":n,"--n-bezier-in":t,"--n-header-padding":c,"--n-body-padding":d,"--n-footer-padding":l,"--n-title-text-color":p,"--n-title-font-size":f,"--n-title-font-weight":m,"--n-header-border-bottom":h,"--n-footer-border-top":g,"--n-close-icon-color":_,"--n-close-icon-color-hover":v,"--n-close-icon-color-pressed":y,"--n-close-size":C,"--n-close-color-hover":b,"--n-close-color-pressed":x,"--n-close-icon-size":S,"--n-close-border-radius":w,"--n-resize-trigger-color-hover":T}}),k=i?s(`drawer`,void 0,O,e):void 0;return{mergedClsPrefix:n,namespace:r,mergedBodyStyle:x,handleOutsideClick:C,handleMaskClick:S,handleEsc:T,mergedTheme:o,cssVars:i?void 0:O,themeClass:k?.themeClass,onRender:k?.onRender,isMounted:a}},render(){let{mergedClsPrefix:t}=this;return M(),e(W,{to:this.to,show:this.show},{default:()=>(this.onRender?.(),w((M(),k(`div`,{class:N([`${t}-drawer-container`,this.namespace,this.themeClass]),style:i(this.cssVars),role:`none`},[this.showMask?(M(),e(o,{key:0,name:`fade-in-transition`,appear:this.isMounted},{default:()=>this.show?(M(),k(`div`,{key:1,"aria-hidden":!0,class:N([`${t}-drawer-mask`,this.showMask===`transparent`&&`${t}-drawer-mask--invisible`]),onClick:this.handleMaskClick},null,10,me)):null},1032,[`appear`])):a(()=>null),(M(),e(te,S(this.$attrs,{class:[this.drawerClass,this.$attrs.class],style:[this.mergedBodyStyle,this.$attrs.style],blockScroll:this.blockScroll,contentStyle:this.contentStyle,contentClass:this.contentClass,placement:this.placement,scrollbarProps:this.scrollbarProps,show:this.show,displayDirective:this.displayDirective,nativeScrollbar:this.nativeScrollbar,onAfterEnter:this.onAfterEnter,onAfterLeave:this.onAfterLeave,trapFocus:this.trapFocus,autoFocus:this.autoFocus,resizable:this.resizable,maxHeight:this.maxHeight,minHeight:this.minHeight,maxWidth:this.maxWidth,minWidth:this.minWidth,showMask:this.showMask,onEsc:this.handleEsc,onClickoutside:this.handleOutsideClick}),h(this.$slots),1040,[`class`,`style`,`blockScroll`,`contentStyle`,`contentClass`,`placement`,`scrollbarProps`,`show`,`displayDirective`,`nativeScrollbar`,`onAfterEnter`,`onAfterLeave`,`trapFocus`,`autoFocus`,`resizable`,`maxHeight`,`minHeight`,`maxWidth`,`minWidth`,`showMask`,`onEsc`,`onClickoutside`]))],6)),[[ee,{zIndex:this.zIndex,enabled:this.show}]]))},1032,[`to`,`show`])}}),_e=y({name:`DrawerContent`,props:{title:String,headerClass:String,headerStyle:[Object,String],footerClass:String,footerStyle:[Object,String],bodyClass:String,bodyStyle:[Object,String],bodyContentClass:String,bodyContentStyle:[Object,String],nativeScrollbar:{type:Boolean,default:!0},scrollbarProps:Object,closable:Boolean},slots:Object,setup(){let e=x(z,null);e||_(`drawer-content`,"`n-drawer-content` must be placed inside `n-drawer`.");let{doUpdateShow:t}=e;function n(){t(!1)}return{handleCloseClick:n,mergedTheme:e.mergedThemeRef,mergedClsPrefix:e.mergedClsPrefixRef}},render(){let{title:t,mergedClsPrefix:n,nativeScrollbar:r,mergedTheme:o,bodyClass:s,bodyStyle:c,bodyContentClass:l,bodyContentStyle:d,headerClass:f,headerStyle:p,footerClass:m,footerStyle:g,scrollbarProps:_,closable:v,$slots:y}=this;return M(),k(`div`,{role:`none`,class:N([`${n}-drawer-content`,r&&`${n}-drawer-content--native-scrollbar`])},[y.header||t||v?(M(),k(`div`,{key:0,class:N([`${n}-drawer-header`,f]),style:i(p),role:`none`},[u(`div`,{class:N(`${n}-drawer-header__main`),role:`heading`,"aria-level":`1`},[y.header===void 0?(M(),k(D,{key:1},[a(()=>t)],64)):(M(),k(D,{key:0},[a(()=>y.header())],64))],2),a(()=>v&&(M(),e(H,{onClick:this.handleCloseClick,clsPrefix:n,class:N(`${n}-drawer-header__close`),absolute:!0},null,8,[`onClick`,`clsPrefix`,`class`])))],6)):a(()=>null),r?(M(),k(`div`,{key:2,class:N([`${n}-drawer-body`,s]),style:i(c),role:`none`},[u(`div`,{class:N([`${n}-drawer-body-content-wrapper`,l]),style:i(d),role:`none`},[a(()=>y.default?.())],6)],6)):(M(),e(V,S({key:3,themeOverrides:o.peerOverrides.Scrollbar,theme:o.peers.Scrollbar},_,{class:`${n}-drawer-body`,contentClass:[`${n}-drawer-body-content-wrapper`,l],contentStyle:d}),h(y),1040,[`themeOverrides`,`theme`,`class`,`contentClass`,`contentStyle`])),y.footer?(M(),k(`div`,{key:4,class:N([`${n}-drawer-footer`,m]),style:i(g),role:`none`},[a(()=>y.footer())],6)):a(()=>null)],2)}});export{ge as n,_e as t};