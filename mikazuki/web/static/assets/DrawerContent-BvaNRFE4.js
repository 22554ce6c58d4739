import{Ar as e,Br as t,Bt as n,Cr as r,Ct as i,Fn as a,Gt as o,H as s,Hn as c,Jn as l,Jt as u,L as d,Mn as f,Nr as p,P as m,Pn as h,Qn as g,Rt as _,Sr as v,St as y,U as b,Ur as x,Vt as S,W as C,Wt as w,Y as T,dr as E,fr as D,g as O,ht as ee,ir as k,jn as A,jr as j,lr as M,mr as N,mt as P,nr as F,or as I,ot as L,q as R,qr as z,rr as B,st as V,vr as H,vt as U,yt as W,z as G}from"./_plugin-vue_export-helper-B-WZ0uXV.js";import{l as K}from"./Popover-B5rHp7sg.js";import{i as q}from"./Suffix-BI57B1ez.js";import{A as J,N as Y,U as X}from"./index-BjIIC0LP.js";var Z=[`onMouseenter`,`onMouseleave`,`onMousedown`],Q={key:1,role:`none`},$=M({name:`NDrawerContent`,inheritAttrs:!1,props:{blockScroll:Boolean,show:{type:Boolean,default:void 0},displayDirective:{type:String,required:!0},placement:{type:String,required:!0},contentClass:String,contentStyle:[Object,String],nativeScrollbar:{type:Boolean,required:!0},scrollbarProps:Object,trapFocus:{type:Boolean,default:!0},autoFocus:{type:Boolean,default:!0},showMask:{type:[Boolean,String],required:!0},maxWidth:Number,maxHeight:Number,minWidth:Number,minHeight:Number,resizable:Boolean,onClickoutside:Function,onAfterLeave:Function,onAfterEnter:Function,onEsc:Function},setup(n){let i=t(!!n.show),a=t(null),s=D(W),c=0,u=``,d=null,f=t(!1),p=t(!1),m=F(()=>n.placement===`top`||n.placement===`bottom`),{mergedClsPrefixRef:h,mergedRtlRef:g}=o(n),_=T(`Drawer`,g,h),v=A,y=e=>{p.value=!0,c=m.value?e.clientY:e.clientX,u=document.body.style.cursor,document.body.style.cursor=m.value?`ns-resize`:`ew-resize`,document.body.addEventListener(`mousemove`,k),document.body.addEventListener(`mouseleave`,v),document.body.addEventListener(`mouseup`,A)},b=()=>{d!==null&&(window.clearTimeout(d),d=null),p.value?f.value=!0:d=window.setTimeout(()=>{f.value=!0},300)},x=()=>{d!==null&&(window.clearTimeout(d),d=null),f.value=!1},{doUpdateHeight:S,doUpdateWidth:w}=s,E=e=>{let{maxWidth:t}=n;if(t&&e>t)return t;let{minWidth:r}=n;return r&&e<r?r:e},O=e=>{let{maxHeight:t}=n;if(t&&e>t)return t;let{minHeight:r}=n;return r&&e<r?r:e};function k(e){if(p.value){if(m.value){let t=a.value?.offsetHeight||0,r=c-e.clientY;t+=n.placement===`bottom`?r:-r,t=O(t),S(t),c=e.clientY}else{let t=a.value?.offsetWidth||0,r=c-e.clientX;t+=n.placement===`right`?r:-r,t=E(t),w(t),c=e.clientX}}}function A(){p.value&&(c=0,p.value=!1,document.body.style.cursor=u,document.body.removeEventListener(`mousemove`,k),document.body.removeEventListener(`mouseup`,A),document.body.removeEventListener(`mouseleave`,v))}j(()=>{n.show&&(i.value=!0)}),e(()=>n.show,e=>{e||A()}),H(()=>{A()});let M=F(()=>{let{show:e}=n,t=[[l,e]];return n.showMask||t.push([C,n.onClickoutside,void 0,{capture:!0}]),t});function N(){i.value=!1,n.onAfterLeave?.()}return X(F(()=>n.blockScroll&&i.value)),r(U,a),r(P,null),r(ee,null),{bodyRef:a,rtlEnabled:_,mergedClsPrefix:s.mergedClsPrefixRef,isMounted:s.isMountedRef,mergedTheme:s.mergedThemeRef,displayed:i,transitionName:F(()=>({right:`slide-in-from-right-transition`,left:`slide-in-from-left-transition`,top:`slide-in-from-top-transition`,bottom:`slide-in-from-bottom-transition`})[n.placement]),handleAfterLeave:N,bodyDirectives:M,handleMousedownResizeTrigger:y,handleMouseenterResizeTrigger:b,handleMouseleaveResizeTrigger:x,isDragging:p,isHoverOnResizeTrigger:f}},render(){let{$slots:e,mergedClsPrefix:t}=this;return this.displayDirective===`show`||this.displayed||this.show?p((v(),I(`div`,Q,[(v(),k(G,{disabled:!this.showMask||!this.trapFocus,active:this.show,autoFocus:this.autoFocus,onEsc:this.onEsc},{default:()=>(v(),k(c,{name:this.transitionName,appear:this.isMounted,onAfterEnter:this.onAfterEnter,onAfterLeave:this.handleAfterLeave},{default:()=>p(E(`div`,N(this.$attrs,{role:`dialog`,ref:`bodyRef`,"aria-modal":`true`,class:[`${t}-drawer`,this.rtlEnabled&&`${t}-drawer--rtl`,`${t}-drawer--${this.placement}-placement`,this.isDragging&&`${t}-drawer--unselectable`,this.nativeScrollbar&&`${t}-drawer--native-scrollbar`]}),[this.resizable?(v(),I(`div`,{key:2,class:_([`${t}-drawer__resize-trigger`,(this.isDragging||this.isHoverOnResizeTrigger)&&`${t}-drawer__resize-trigger--hover`]),onMouseenter:this.handleMouseenterResizeTrigger,onMouseleave:this.handleMouseleaveResizeTrigger,onMousedown:this.handleMousedownResizeTrigger},null,42,Z)):null,this.nativeScrollbar?(v(),I(`div`,{key:3,class:_([`${t}-drawer-content-wrapper`,this.contentClass]),style:z(this.contentStyle),role:`none`},[S(()=>e.default?.())],6)):(v(),k(d,N({key:4},this.scrollbarProps,{contentStyle:this.contentStyle,contentClass:[`${t}-drawer-content-wrapper`,this.contentClass],theme:this.mergedTheme.peers.Scrollbar,themeOverrides:this.mergedTheme.peerOverrides.Scrollbar}),n(e),1040,[`contentStyle`,`contentClass`,`theme`,`themeOverrides`]))]),this.bodyDirectives)},1032,[`name`,`appear`,`onAfterEnter`,`onAfterLeave`]))},1032,[`disabled`,`active`,`autoFocus`,`onEsc`]))])),[[l,this.displayDirective===`if`||this.displayed||this.show]]):null}}),{cubicBezierEaseIn:te,cubicBezierEaseOut:ne}=w;function re({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-bottom`}={}){return[A(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${te}`}),A(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${ne}`}),A(`&.${n}-transition-enter-to`,{transform:`translateY(0)`}),A(`&.${n}-transition-enter-from`,{transform:`translateY(100%)`}),A(`&.${n}-transition-leave-from`,{transform:`translateY(0)`}),A(`&.${n}-transition-leave-to`,{transform:`translateY(100%)`})]}var{cubicBezierEaseIn:ie,cubicBezierEaseOut:ae}=w;function oe({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-left`}={}){return[A(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${ie}`}),A(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${ae}`}),A(`&.${n}-transition-enter-to`,{transform:`translateX(0)`}),A(`&.${n}-transition-enter-from`,{transform:`translateX(-100%)`}),A(`&.${n}-transition-leave-from`,{transform:`translateX(0)`}),A(`&.${n}-transition-leave-to`,{transform:`translateX(-100%)`})]}var{cubicBezierEaseIn:se,cubicBezierEaseOut:ce}=w;function le({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-right`}={}){return[A(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${se}`}),A(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${ce}`}),A(`&.${n}-transition-enter-to`,{transform:`translateX(0)`}),A(`&.${n}-transition-enter-from`,{transform:`translateX(100%)`}),A(`&.${n}-transition-leave-from`,{transform:`translateX(0)`}),A(`&.${n}-transition-leave-to`,{transform:`translateX(100%)`})]}var{cubicBezierEaseIn:ue,cubicBezierEaseOut:de}=w;function fe({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-top`}={}){return[A(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${ue}`}),A(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${de}`}),A(`&.${n}-transition-enter-to`,{transform:`translateY(0)`}),A(`&.${n}-transition-enter-from`,{transform:`translateY(-100%)`}),A(`&.${n}-transition-leave-from`,{transform:`translateY(0)`}),A(`&.${n}-transition-leave-to`,{transform:`translateY(-100%)`})]}var pe=A([f(`drawer`,`
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
 `,[le(),oe(),fe(),re(),a(`unselectable`,`
 user-select: none; 
 -webkit-user-select: none;
 `),a(`native-scrollbar`,[f(`drawer-content-wrapper`,`
 overflow: auto;
 height: 100%;
 `)]),h(`resize-trigger`,`
 position: absolute;
 background-color: #0000;
 transition: background-color .3s var(--n-bezier);
 `,[a(`hover`,`
 background-color: var(--n-resize-trigger-color-hover);
 `)]),f(`drawer-content-wrapper`,`
 box-sizing: border-box;
 `),f(`drawer-content`,`
 height: 100%;
 display: flex;
 flex-direction: column;
 `,[a(`native-scrollbar`,[f(`drawer-body-content-wrapper`,`
 height: 100%;
 overflow: auto;
 `)]),f(`drawer-body`,`
 flex: 1 0 0;
 overflow: hidden;
 `),f(`drawer-body-content-wrapper`,`
 box-sizing: border-box;
 padding: var(--n-body-padding);
 `),f(`drawer-header`,`
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
 `,[h(`main`,`
 flex: 1;
 `),h(`close`,`
 margin-left: 6px;
 transition:
 background-color .3s var(--n-bezier),
 color .3s var(--n-bezier);
 `)]),f(`drawer-footer`,`
 display: flex;
 justify-content: flex-end;
 border-top: var(--n-footer-border-top);
 transition: border .3s var(--n-bezier);
 padding: var(--n-footer-padding);
 `)]),a(`right-placement`,`
 top: 0;
 bottom: 0;
 right: 0;
 border-top-left-radius: var(--n-border-radius);
 border-bottom-left-radius: var(--n-border-radius);
 `,[h(`resize-trigger`,`
 width: 3px;
 height: 100%;
 top: 0;
 left: 0;
 transform: translateX(-1.5px);
 cursor: ew-resize;
 `)]),a(`left-placement`,`
 top: 0;
 bottom: 0;
 left: 0;
 border-top-right-radius: var(--n-border-radius);
 border-bottom-right-radius: var(--n-border-radius);
 `,[h(`resize-trigger`,`
 width: 3px;
 height: 100%;
 top: 0;
 right: 0;
 transform: translateX(1.5px);
 cursor: ew-resize;
 `)]),a(`top-placement`,`
 top: 0;
 left: 0;
 right: 0;
 border-bottom-left-radius: var(--n-border-radius);
 border-bottom-right-radius: var(--n-border-radius);
 `,[h(`resize-trigger`,`
 width: 100%;
 height: 3px;
 bottom: 0;
 left: 0;
 transform: translateY(1.5px);
 cursor: ns-resize;
 `)]),a(`bottom-placement`,`
 left: 0;
 bottom: 0;
 right: 0;
 border-top-left-radius: var(--n-border-radius);
 border-top-right-radius: var(--n-border-radius);
 `,[h(`resize-trigger`,`
 width: 100%;
 height: 3px;
 top: 0;
 left: 0;
 transform: translateY(-1.5px);
 cursor: ns-resize;
 `)])]),A(`body`,[A(`>`,[f(`drawer-container`,`
 position: fixed;
 `)])]),f(`drawer-container`,`
 position: relative;
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 pointer-events: none;
 `,[A(`> *`,`
 pointer-events: all;
 `)]),f(`drawer-mask`,`
 background-color: rgba(0, 0, 0, .3);
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 `,[a(`invisible`,`
 background-color: rgba(0, 0, 0, 0)
 `),R({enterDuration:`0.2s`,leaveDuration:`0.2s`,enterCubicBezier:`var(--n-bezier-in)`,leaveCubicBezier:`var(--n-bezier-out)`})])]),me=[`onClick`],he={...y.props,show:Boolean,width:[Number,String],height:[Number,String],placement:{type:String,default:`right`},maskClosable:{type:Boolean,default:!0},showMask:{type:[Boolean,String],default:!0},to:[String,Object],displayDirective:{type:String,default:`if`},nativeScrollbar:{type:Boolean,default:!0},zIndex:Number,onMaskClick:Function,scrollbarProps:Object,contentClass:String,contentStyle:[Object,String],trapFocus:{type:Boolean,default:!0},onEsc:Function,autoFocus:{type:Boolean,default:!0},closeOnEsc:{type:Boolean,default:!0},blockScroll:{type:Boolean,default:!0},maxWidth:Number,maxHeight:Number,minWidth:Number,minHeight:Number,resizable:Boolean,defaultWidth:{type:[Number,String],default:251},defaultHeight:{type:[Number,String],default:251},onUpdateWidth:[Function,Array],onUpdateHeight:[Function,Array],"onUpdate:width":[Function,Array],"onUpdate:height":[Function,Array],"onUpdate:show":[Function,Array],onUpdateShow:[Function,Array],onAfterEnter:Function,onAfterLeave:Function,drawerStyle:[String,Object],drawerClass:String,target:null,onShow:Function,onHide:Function},ge=M({name:`Drawer`,inheritAttrs:!1,props:he,setup(e){let{mergedClsPrefixRef:n,namespaceRef:a,inlineThemeDisabled:s}=o(e),c=V(),l=y(`Drawer`,`-drawer`,pe,J,e,n),u=t(e.defaultWidth),d=t(e.defaultHeight),f=q(x(e,`width`),u),p=q(x(e,`height`),d),m=F(()=>{let{placement:t}=e;return t===`top`||t===`bottom`?``:K(f.value)}),h=F(()=>{let{placement:t}=e;return t===`left`||t===`right`?``:K(p.value)}),g=t=>{let{onUpdateWidth:n,"onUpdate:width":r}=e;n&&L(n,t),r&&L(r,t),u.value=t},_=t=>{let{onUpdateHeight:n,"onUpdate:width":r}=e;n&&L(n,t),r&&L(r,t),d.value=t},v=F(()=>[{width:m.value,height:h.value},e.drawerStyle||``]);function b(t){let{onMaskClick:n,maskClosable:r}=e;r&&T(!1),n&&n(t)}function S(e){b(e)}let C=Y();function w(t){e.onEsc?.(),e.show&&e.closeOnEsc&&O(t)&&(C.value||T(!1))}function T(t){let{onHide:n,onUpdateShow:r,"onUpdate:show":i}=e;r&&L(r,t),i&&L(i,t),n&&!t&&L(n,t)}r(W,{isMountedRef:c,mergedThemeRef:l,mergedClsPrefixRef:n,doUpdateShow:T,doUpdateHeight:_,doUpdateWidth:g});let E=F(()=>{let{common:{cubicBezierEaseInOut:e,cubicBezierEaseIn:t,cubicBezierEaseOut:n},self:{color:r,textColor:i,boxShadow:a,lineHeight:o,headerPadding:s,footerPadding:c,borderRadius:u,bodyPadding:d,titleFontSize:f,titleTextColor:p,titleFontWeight:m,headerBorderBottom:h,footerBorderTop:g,closeIconColor:_,closeIconColorHover:v,closeIconColorPressed:y,closeColorHover:b,closeColorPressed:x,closeIconSize:S,closeSize:C,closeBorderRadius:w,resizableTriggerColorHover:T}}=l.value;return{"--n-line-height":o,"--n-color":r,"--n-border-radius":u,"--n-text-color":i,"--n-box-shadow":a,"--n-bezier":e,"--n-bezier-out":n,"--n-bezier-in":t,"--n-header-padding":s,"--n-body-padding":d,"--n-footer-padding":c,"--n-title-text-color":p,"--n-title-font-size":f,"--n-title-font-weight":m,"--n-header-border-bottom":h,"--n-footer-border-top":g,"--n-close-icon-color":_,"--n-close-icon-color-hover":v,"--n-close-icon-color-pressed":y,"--n-close-size":C,"--n-close-color-hover":b,"--n-close-color-pressed":x,"--n-close-icon-size":S,"--n-close-border-radius":w,"--n-resize-trigger-color-hover":T}}),D=s?i(`drawer`,void 0,E,e):void 0;return{mergedClsPrefix:n,namespace:a,mergedBodyStyle:v,handleOutsideClick:S,handleMaskClick:b,handleEsc:w,mergedTheme:l,cssVars:s?void 0:E,themeClass:D?.themeClass,onRender:D?.onRender,isMounted:c}},render(){let{mergedClsPrefix:e}=this;return v(),k(s,{to:this.to,show:this.show},{default:()=>(this.onRender?.(),p((v(),I(`div`,{class:_([`${e}-drawer-container`,this.namespace,this.themeClass]),style:z(this.cssVars),role:`none`},[this.showMask?(v(),k(c,{key:0,name:`fade-in-transition`,appear:this.isMounted},{default:()=>this.show?(v(),I(`div`,{key:1,"aria-hidden":!0,class:_([`${e}-drawer-mask`,this.showMask===`transparent`&&`${e}-drawer-mask--invisible`]),onClick:this.handleMaskClick},null,10,me)):null},1032,[`appear`])):S(()=>null),(v(),k($,N(this.$attrs,{class:[this.drawerClass,this.$attrs.class],style:[this.mergedBodyStyle,this.$attrs.style],blockScroll:this.blockScroll,contentStyle:this.contentStyle,contentClass:this.contentClass,placement:this.placement,scrollbarProps:this.scrollbarProps,show:this.show,displayDirective:this.displayDirective,nativeScrollbar:this.nativeScrollbar,onAfterEnter:this.onAfterEnter,onAfterLeave:this.onAfterLeave,trapFocus:this.trapFocus,autoFocus:this.autoFocus,resizable:this.resizable,maxHeight:this.maxHeight,minHeight:this.minHeight,maxWidth:this.maxWidth,minWidth:this.minWidth,showMask:this.showMask,onEsc:this.handleEsc,onClickoutside:this.handleOutsideClick}),n(this.$slots),1040,[`class`,`style`,`blockScroll`,`contentStyle`,`contentClass`,`placement`,`scrollbarProps`,`show`,`displayDirective`,`nativeScrollbar`,`onAfterEnter`,`onAfterLeave`,`trapFocus`,`autoFocus`,`resizable`,`maxHeight`,`minHeight`,`maxWidth`,`minWidth`,`showMask`,`onEsc`,`onClickoutside`]))],6)),[[b,{zIndex:this.zIndex,enabled:this.show}]]))},1032,[`to`,`show`])}}),_e=M({name:`DrawerContent`,props:{title:String,headerClass:String,headerStyle:[Object,String],footerClass:String,footerStyle:[Object,String],bodyClass:String,bodyStyle:[Object,String],bodyContentClass:String,bodyContentStyle:[Object,String],nativeScrollbar:{type:Boolean,default:!0},scrollbarProps:Object,closable:Boolean},slots:Object,setup(){let e=D(W,null);e||u(`drawer-content`,"`n-drawer-content` must be placed inside `n-drawer`.");let{doUpdateShow:t}=e;function n(){t(!1)}return{handleCloseClick:n,mergedTheme:e.mergedThemeRef,mergedClsPrefix:e.mergedClsPrefixRef}},render(){let{title:e,mergedClsPrefix:t,nativeScrollbar:r,mergedTheme:i,bodyClass:a,bodyStyle:o,bodyContentClass:s,bodyContentStyle:c,headerClass:l,headerStyle:u,footerClass:f,footerStyle:p,scrollbarProps:h,closable:y,$slots:b}=this;return v(),I(`div`,{role:`none`,class:_([`${t}-drawer-content`,r&&`${t}-drawer-content--native-scrollbar`])},[b.header||e||y?(v(),I(`div`,{key:0,class:_([`${t}-drawer-header`,l]),style:z(u),role:`none`},[B(`div`,{class:_(`${t}-drawer-header__main`),role:`heading`,"aria-level":`1`},[b.header===void 0?(v(),I(g,{key:1},[S(()=>e)],64)):(v(),I(g,{key:0},[S(()=>b.header())],64))],2),S(()=>y&&(v(),k(m,{onClick:this.handleCloseClick,clsPrefix:t,class:_(`${t}-drawer-header__close`),absolute:!0},null,8,[`onClick`,`clsPrefix`,`class`])))],6)):S(()=>null),r?(v(),I(`div`,{key:2,class:_([`${t}-drawer-body`,a]),style:z(o),role:`none`},[B(`div`,{class:_([`${t}-drawer-body-content-wrapper`,s]),style:z(c),role:`none`},[S(()=>b.default?.())],6)],6)):(v(),k(d,N({key:3,themeOverrides:i.peerOverrides.Scrollbar,theme:i.peers.Scrollbar},h,{class:`${t}-drawer-body`,contentClass:[`${t}-drawer-body-content-wrapper`,s],contentStyle:c}),n(b),1040,[`themeOverrides`,`theme`,`class`,`contentClass`,`contentStyle`])),b.footer?(v(),I(`div`,{key:4,class:_([`${t}-drawer-footer`,f]),style:z(p),role:`none`},[S(()=>b.footer())],6)):S(()=>null)],2)}});export{ge as n,_e as t};