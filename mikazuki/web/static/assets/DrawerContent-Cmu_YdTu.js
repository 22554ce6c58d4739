import{$n as e,Bt as t,Cr as n,Ct as r,Fn as i,Gt as a,H as o,Hn as s,Jr as c,Jt as l,L as u,Mn as d,Mr as f,P as p,Pn as m,Pr as h,Rt as g,St as _,U as v,Vr as y,Vt as b,W as x,Wr as S,Wt as C,Y as w,Yn as T,ar as E,fr as D,g as O,hr as k,ht as ee,ir as A,jn as j,jr as M,mt as N,ot as P,pr as F,q as I,rr as L,sr as R,st as z,ur as B,vt as V,wr as H,yr as U,yt as W,z as G}from"./_plugin-vue_export-helper-DwV3C7qz.js";import{s as K}from"./Popover-eQDYrjTb.js";import{o as q}from"./Suffix-C3anGkvU.js";import{A as J,N as Y,U as X}from"./index-5ayaQeka.js";var Z=[`onMouseenter`,`onMouseleave`,`onMousedown`],Q={key:1,role:`none`},te=B({name:`NDrawerContent`,inheritAttrs:!1,props:{blockScroll:Boolean,show:{type:Boolean,default:void 0},displayDirective:{type:String,required:!0},placement:{type:String,required:!0},contentClass:String,contentStyle:[Object,String],nativeScrollbar:{type:Boolean,required:!0},scrollbarProps:Object,trapFocus:{type:Boolean,default:!0},autoFocus:{type:Boolean,default:!0},showMask:{type:[Boolean,String],required:!0},maxWidth:Number,maxHeight:Number,minWidth:Number,minHeight:Number,resizable:Boolean,onClickoutside:Function,onAfterLeave:Function,onAfterEnter:Function,onEsc:Function},setup(e){let t=y(!!e.show),n=y(null),r=F(W),i=0,o=``,s=null,c=y(!1),l=y(!1),u=L(()=>e.placement===`top`||e.placement===`bottom`),{mergedClsPrefixRef:d,mergedRtlRef:p}=a(e),m=w(`Drawer`,p,d),h=O,g=e=>{l.value=!0,i=u.value?e.clientY:e.clientX,o=document.body.style.cursor,document.body.style.cursor=u.value?`ns-resize`:`ew-resize`,document.body.addEventListener(`mousemove`,D),document.body.addEventListener(`mouseleave`,h),document.body.addEventListener(`mouseup`,O)},_=()=>{s!==null&&(window.clearTimeout(s),s=null),l.value?c.value=!0:s=window.setTimeout(()=>{c.value=!0},300)},v=()=>{s!==null&&(window.clearTimeout(s),s=null),c.value=!1},{doUpdateHeight:b,doUpdateWidth:S}=r,C=t=>{let{maxWidth:n}=e;if(n&&t>n)return n;let{minWidth:r}=e;return r&&t<r?r:t},E=t=>{let{maxHeight:n}=e;if(n&&t>n)return n;let{minHeight:r}=e;return r&&t<r?r:t};function D(t){if(l.value){if(u.value){let r=n.value?.offsetHeight||0,a=i-t.clientY;r+=e.placement===`bottom`?a:-a,r=E(r),b(r),i=t.clientY}else{let r=n.value?.offsetWidth||0,a=i-t.clientX;r+=e.placement===`right`?a:-a,r=C(r),S(r),i=t.clientX}}}function O(){l.value&&(i=0,l.value=!1,document.body.style.cursor=o,document.body.removeEventListener(`mousemove`,D),document.body.removeEventListener(`mouseup`,O),document.body.removeEventListener(`mouseleave`,h))}f(()=>{e.show&&(t.value=!0)}),M(()=>e.show,e=>{e||O()}),U(()=>{O()});let k=L(()=>{let{show:t}=e,n=[[T,t]];return e.showMask||n.push([x,e.onClickoutside,void 0,{capture:!0}]),n});function A(){t.value=!1,e.onAfterLeave?.()}return X(L(()=>e.blockScroll&&t.value)),H(V,n),H(N,null),H(ee,null),{bodyRef:n,rtlEnabled:m,mergedClsPrefix:r.mergedClsPrefixRef,isMounted:r.isMountedRef,mergedTheme:r.mergedThemeRef,displayed:t,transitionName:L(()=>({right:`slide-in-from-right-transition`,left:`slide-in-from-left-transition`,top:`slide-in-from-top-transition`,bottom:`slide-in-from-bottom-transition`})[e.placement]),handleAfterLeave:A,bodyDirectives:k,handleMousedownResizeTrigger:g,handleMouseenterResizeTrigger:_,handleMouseleaveResizeTrigger:v,isDragging:l,isHoverOnResizeTrigger:c}},render(){let{$slots:e,mergedClsPrefix:r}=this;return this.displayDirective===`show`||this.displayed||this.show?h((n(),R(`div`,Q,[(n(),E(G,{disabled:!this.showMask||!this.trapFocus,active:this.show,autoFocus:this.autoFocus,onEsc:this.onEsc},{default:()=>(n(),E(s,{name:this.transitionName,appear:this.isMounted,onAfterEnter:this.onAfterEnter,onAfterLeave:this.handleAfterLeave},{default:()=>h(D(`div`,k(this.$attrs,{role:`dialog`,ref:`bodyRef`,"aria-modal":`true`,class:[`${r}-drawer`,this.rtlEnabled&&`${r}-drawer--rtl`,`${r}-drawer--${this.placement}-placement`,this.isDragging&&`${r}-drawer--unselectable`,this.nativeScrollbar&&`${r}-drawer--native-scrollbar`]}),[this.resizable?(n(),R(`div`,{key:2,class:g([`${r}-drawer__resize-trigger`,(this.isDragging||this.isHoverOnResizeTrigger)&&`${r}-drawer__resize-trigger--hover`]),onMouseenter:this.handleMouseenterResizeTrigger,onMouseleave:this.handleMouseleaveResizeTrigger,onMousedown:this.handleMousedownResizeTrigger},null,42,Z)):null,this.nativeScrollbar?(n(),R(`div`,{key:3,class:g([`${r}-drawer-content-wrapper`,this.contentClass]),style:c(this.contentStyle),role:`none`},[b(()=>e.default?.())],6)):(n(),E(u,k({key:4},this.scrollbarProps,{contentStyle:this.contentStyle,contentClass:[`${r}-drawer-content-wrapper`,this.contentClass],theme:this.mergedTheme.peers.Scrollbar,themeOverrides:this.mergedTheme.peerOverrides.Scrollbar}),t(e),1040,[`contentStyle`,`contentClass`,`theme`,`themeOverrides`]))]),this.bodyDirectives)},1032,[`name`,`appear`,`onAfterEnter`,`onAfterLeave`]))},1032,[`disabled`,`active`,`autoFocus`,`onEsc`]))])),[[T,this.displayDirective===`if`||this.displayed||this.show]]):null}}),{cubicBezierEaseIn:$,cubicBezierEaseOut:ne}=C;function re({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-bottom`}={}){return[j(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${$}`}),j(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${ne}`}),j(`&.${n}-transition-enter-to`,{transform:`translateY(0)`}),j(`&.${n}-transition-enter-from`,{transform:`translateY(100%)`}),j(`&.${n}-transition-leave-from`,{transform:`translateY(0)`}),j(`&.${n}-transition-leave-to`,{transform:`translateY(100%)`})]}var{cubicBezierEaseIn:ie,cubicBezierEaseOut:ae}=C;function oe({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-left`}={}){return[j(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${ie}`}),j(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${ae}`}),j(`&.${n}-transition-enter-to`,{transform:`translateX(0)`}),j(`&.${n}-transition-enter-from`,{transform:`translateX(-100%)`}),j(`&.${n}-transition-leave-from`,{transform:`translateX(0)`}),j(`&.${n}-transition-leave-to`,{transform:`translateX(-100%)`})]}var{cubicBezierEaseIn:se,cubicBezierEaseOut:ce}=C;function le({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-right`}={}){return[j(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${se}`}),j(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${ce}`}),j(`&.${n}-transition-enter-to`,{transform:`translateX(0)`}),j(`&.${n}-transition-enter-from`,{transform:`translateX(100%)`}),j(`&.${n}-transition-leave-from`,{transform:`translateX(0)`}),j(`&.${n}-transition-leave-to`,{transform:`translateX(100%)`})]}var{cubicBezierEaseIn:ue,cubicBezierEaseOut:de}=C;function fe({duration:e=`0.3s`,leaveDuration:t=`0.2s`,name:n=`slide-in-from-top`}={}){return[j(`&.${n}-transition-leave-active`,{transition:`transform ${t} ${ue}`}),j(`&.${n}-transition-enter-active`,{transition:`transform ${e} ${de}`}),j(`&.${n}-transition-enter-to`,{transform:`translateY(0)`}),j(`&.${n}-transition-enter-from`,{transform:`translateY(-100%)`}),j(`&.${n}-transition-leave-from`,{transform:`translateY(0)`}),j(`&.${n}-transition-leave-to`,{transform:`translateY(-100%)`})]}var pe=j([d(`drawer`,`
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
 `,[le(),oe(),fe(),re(),i(`unselectable`,`
 user-select: none; 
 -webkit-user-select: none;
 `),i(`native-scrollbar`,[d(`drawer-content-wrapper`,`
 overflow: auto;
 height: 100%;
 `)]),m(`resize-trigger`,`
 position: absolute;
 background-color: #0000;
 transition: background-color .3s var(--n-bezier);
 `,[i(`hover`,`
 background-color: var(--n-resize-trigger-color-hover);
 `)]),d(`drawer-content-wrapper`,`
 box-sizing: border-box;
 `),d(`drawer-content`,`
 height: 100%;
 display: flex;
 flex-direction: column;
 `,[i(`native-scrollbar`,[d(`drawer-body-content-wrapper`,`
 height: 100%;
 overflow: auto;
 `)]),d(`drawer-body`,`
 flex: 1 0 0;
 overflow: hidden;
 `),d(`drawer-body-content-wrapper`,`
 box-sizing: border-box;
 padding: var(--n-body-padding);
 `),d(`drawer-header`,`
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
 `,[m(`main`,`
 flex: 1;
 `),m(`close`,`
 margin-left: 6px;
 transition:
 background-color .3s var(--n-bezier),
 color .3s var(--n-bezier);
 `)]),d(`drawer-footer`,`
 display: flex;
 justify-content: flex-end;
 border-top: var(--n-footer-border-top);
 transition: border .3s var(--n-bezier);
 padding: var(--n-footer-padding);
 `)]),i(`right-placement`,`
 top: 0;
 bottom: 0;
 right: 0;
 border-top-left-radius: var(--n-border-radius);
 border-bottom-left-radius: var(--n-border-radius);
 `,[m(`resize-trigger`,`
 width: 3px;
 height: 100%;
 top: 0;
 left: 0;
 transform: translateX(-1.5px);
 cursor: ew-resize;
 `)]),i(`left-placement`,`
 top: 0;
 bottom: 0;
 left: 0;
 border-top-right-radius: var(--n-border-radius);
 border-bottom-right-radius: var(--n-border-radius);
 `,[m(`resize-trigger`,`
 width: 3px;
 height: 100%;
 top: 0;
 right: 0;
 transform: translateX(1.5px);
 cursor: ew-resize;
 `)]),i(`top-placement`,`
 top: 0;
 left: 0;
 right: 0;
 border-bottom-left-radius: var(--n-border-radius);
 border-bottom-right-radius: var(--n-border-radius);
 `,[m(`resize-trigger`,`
 width: 100%;
 height: 3px;
 bottom: 0;
 left: 0;
 transform: translateY(1.5px);
 cursor: ns-resize;
 `)]),i(`bottom-placement`,`
 left: 0;
 bottom: 0;
 right: 0;
 border-top-left-radius: var(--n-border-radius);
 border-top-right-radius: var(--n-border-radius);
 `,[m(`resize-trigger`,`
 width: 100%;
 height: 3px;
 top: 0;
 left: 0;
 transform: translateY(-1.5px);
 cursor: ns-resize;
 `)])]),j(`body`,[j(`>`,[d(`drawer-container`,`
 position: fixed;
 `)])]),d(`drawer-container`,`
 position: relative;
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 pointer-events: none;
 `,[j(`> *`,`
 pointer-events: all;
 `)]),d(`drawer-mask`,`
 background-color: rgba(0, 0, 0, .3);
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 `,[i(`invisible`,`
 background-color: rgba(0, 0, 0, 0)
 `),I({enterDuration:`0.2s`,leaveDuration:`0.2s`,enterCubicBezier:`var(--n-bezier-in)`,leaveCubicBezier:`var(--n-bezier-out)`})])]),me=[`onClick`],he={..._.props,show:Boolean,width:[Number,String],height:[Number,String],placement:{type:String,default:`right`},maskClosable:{type:Boolean,default:!0},showMask:{type:[Boolean,String],default:!0},to:[String,Object],displayDirective:{type:String,default:`if`},nativeScrollbar:{type:Boolean,default:!0},zIndex:Number,onMaskClick:Function,scrollbarProps:Object,contentClass:String,contentStyle:[Object,String],trapFocus:{type:Boolean,default:!0},onEsc:Function,autoFocus:{type:Boolean,default:!0},closeOnEsc:{type:Boolean,default:!0},blockScroll:{type:Boolean,default:!0},maxWidth:Number,maxHeight:Number,minWidth:Number,minHeight:Number,resizable:Boolean,defaultWidth:{type:[Number,String],default:251},defaultHeight:{type:[Number,String],default:251},onUpdateWidth:[Function,Array],onUpdateHeight:[Function,Array],"onUpdate:width":[Function,Array],"onUpdate:height":[Function,Array],"onUpdate:show":[Function,Array],onUpdateShow:[Function,Array],onAfterEnter:Function,onAfterLeave:Function,drawerStyle:[String,Object],drawerClass:String,target:null,onShow:Function,onHide:Function},ge=B({name:`Drawer`,inheritAttrs:!1,props:he,setup(e){let{mergedClsPrefixRef:t,namespaceRef:n,inlineThemeDisabled:i}=a(e),o=z(),s=_(`Drawer`,`-drawer`,pe,J,e,t),c=y(e.defaultWidth),l=y(e.defaultHeight),u=q(S(e,`width`),c),d=q(S(e,`height`),l),f=L(()=>{let{placement:t}=e;return t===`top`||t===`bottom`?``:K(u.value)}),p=L(()=>{let{placement:t}=e;return t===`left`||t===`right`?``:K(d.value)}),m=t=>{let{onUpdateWidth:n,"onUpdate:width":r}=e;n&&P(n,t),r&&P(r,t),c.value=t},h=t=>{let{onUpdateHeight:n,"onUpdate:width":r}=e;n&&P(n,t),r&&P(r,t),l.value=t},g=L(()=>[{width:f.value,height:p.value},e.drawerStyle||``]);function v(t){let{onMaskClick:n,maskClosable:r}=e;r&&w(!1),n&&n(t)}function b(e){v(e)}let x=Y();function C(t){e.onEsc?.(),e.show&&e.closeOnEsc&&O(t)&&(x.value||w(!1))}function w(t){let{onHide:n,onUpdateShow:r,"onUpdate:show":i}=e;r&&P(r,t),i&&P(i,t),n&&!t&&P(n,t)}H(W,{isMountedRef:o,mergedThemeRef:s,mergedClsPrefixRef:t,doUpdateShow:w,doUpdateHeight:h,doUpdateWidth:m});let T=L(()=>{let{common:{cubicBezierEaseInOut:e,cubicBezierEaseIn:t,cubicBezierEaseOut:n},self:{color:r,textColor:i,boxShadow:a,lineHeight:o,headerPadding:c,footerPadding:l,borderRadius:u,bodyPadding:d,titleFontSize:f,titleTextColor:p,titleFontWeight:m,headerBorderBottom:h,footerBorderTop:g,closeIconColor:_,closeIconColorHover:v,closeIconColorPressed:y,closeColorHover:b,closeColorPressed:x,closeIconSize:S,closeSize:C,closeBorderRadius:w,resizableTriggerColorHover:T}}=s.value;return{"--n-line-height":o,"--n-color":r,"--n-border-radius":u,"--n-text-color":i,"--n-box-shadow":a,"--n-bezier":e,"--n-bezier-out":n,"--n-bezier-in":t,"--n-header-padding":c,"--n-body-padding":d,"--n-footer-padding":l,"--n-title-text-color":p,"--n-title-font-size":f,"--n-title-font-weight":m,"--n-header-border-bottom":h,"--n-footer-border-top":g,"--n-close-icon-color":_,"--n-close-icon-color-hover":v,"--n-close-icon-color-pressed":y,"--n-close-size":C,"--n-close-color-hover":b,"--n-close-color-pressed":x,"--n-close-icon-size":S,"--n-close-border-radius":w,"--n-resize-trigger-color-hover":T}}),E=i?r(`drawer`,void 0,T,e):void 0;return{mergedClsPrefix:t,namespace:n,mergedBodyStyle:g,handleOutsideClick:b,handleMaskClick:v,handleEsc:C,mergedTheme:s,cssVars:i?void 0:T,themeClass:E?.themeClass,onRender:E?.onRender,isMounted:o}},render(){let{mergedClsPrefix:e}=this;return n(),E(o,{to:this.to,show:this.show},{default:()=>(this.onRender?.(),h((n(),R(`div`,{class:g([`${e}-drawer-container`,this.namespace,this.themeClass]),style:c(this.cssVars),role:`none`},[this.showMask?(n(),E(s,{key:0,name:`fade-in-transition`,appear:this.isMounted},{default:()=>this.show?(n(),R(`div`,{key:1,"aria-hidden":!0,class:g([`${e}-drawer-mask`,this.showMask===`transparent`&&`${e}-drawer-mask--invisible`]),onClick:this.handleMaskClick},null,10,me)):null},1032,[`appear`])):b(()=>null),(n(),E(te,k(this.$attrs,{class:[this.drawerClass,this.$attrs.class],style:[this.mergedBodyStyle,this.$attrs.style],blockScroll:this.blockScroll,contentStyle:this.contentStyle,contentClass:this.contentClass,placement:this.placement,scrollbarProps:this.scrollbarProps,show:this.show,displayDirective:this.displayDirective,nativeScrollbar:this.nativeScrollbar,onAfterEnter:this.onAfterEnter,onAfterLeave:this.onAfterLeave,trapFocus:this.trapFocus,autoFocus:this.autoFocus,resizable:this.resizable,maxHeight:this.maxHeight,minHeight:this.minHeight,maxWidth:this.maxWidth,minWidth:this.minWidth,showMask:this.showMask,onEsc:this.handleEsc,onClickoutside:this.handleOutsideClick}),t(this.$slots),1040,[`class`,`style`,`blockScroll`,`contentStyle`,`contentClass`,`placement`,`scrollbarProps`,`show`,`displayDirective`,`nativeScrollbar`,`onAfterEnter`,`onAfterLeave`,`trapFocus`,`autoFocus`,`resizable`,`maxHeight`,`minHeight`,`maxWidth`,`minWidth`,`showMask`,`onEsc`,`onClickoutside`]))],6)),[[v,{zIndex:this.zIndex,enabled:this.show}]]))},1032,[`to`,`show`])}}),_e=B({name:`DrawerContent`,props:{title:String,headerClass:String,headerStyle:[Object,String],footerClass:String,footerStyle:[Object,String],bodyClass:String,bodyStyle:[Object,String],bodyContentClass:String,bodyContentStyle:[Object,String],nativeScrollbar:{type:Boolean,default:!0},scrollbarProps:Object,closable:Boolean},slots:Object,setup(){let e=F(W,null);e||l(`drawer-content`,"`n-drawer-content` must be placed inside `n-drawer`.");let{doUpdateShow:t}=e;function n(){t(!1)}return{handleCloseClick:n,mergedTheme:e.mergedThemeRef,mergedClsPrefix:e.mergedClsPrefixRef}},render(){let{title:r,mergedClsPrefix:i,nativeScrollbar:a,mergedTheme:o,bodyClass:s,bodyStyle:l,bodyContentClass:d,bodyContentStyle:f,headerClass:m,headerStyle:h,footerClass:_,footerStyle:v,scrollbarProps:y,closable:x,$slots:S}=this;return n(),R(`div`,{role:`none`,class:g([`${i}-drawer-content`,a&&`${i}-drawer-content--native-scrollbar`])},[S.header||r||x?(n(),R(`div`,{key:0,class:g([`${i}-drawer-header`,m]),style:c(h),role:`none`},[A(`div`,{class:g(`${i}-drawer-header__main`),role:`heading`,"aria-level":`1`},[S.header===void 0?(n(),R(e,{key:1},[b(()=>r)],64)):(n(),R(e,{key:0},[b(()=>S.header())],64))],2),b(()=>x&&(n(),E(p,{onClick:this.handleCloseClick,clsPrefix:i,class:g(`${i}-drawer-header__close`),absolute:!0},null,8,[`onClick`,`clsPrefix`,`class`])))],6)):b(()=>null),a?(n(),R(`div`,{key:2,class:g([`${i}-drawer-body`,s]),style:c(l),role:`none`},[A(`div`,{class:g([`${i}-drawer-body-content-wrapper`,d]),style:c(f),role:`none`},[b(()=>S.default?.())],6)],6)):(n(),E(u,k({key:3,themeOverrides:o.peerOverrides.Scrollbar,theme:o.peers.Scrollbar},y,{class:`${i}-drawer-body`,contentClass:[`${i}-drawer-body-content-wrapper`,d],contentStyle:f}),t(S),1040,[`themeOverrides`,`theme`,`class`,`contentClass`,`contentStyle`])),S.footer?(n(),R(`div`,{key:4,class:g([`${i}-drawer-footer`,_]),style:c(v),role:`none`},[b(()=>S.footer())],6)):b(()=>null)],2)}});export{ge as n,_e as t};