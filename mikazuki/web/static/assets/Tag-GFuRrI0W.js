import{$t as e,At as t,D as n,Dt as r,Gn as i,H as a,I as o,O as s,Ot as c,Qt as l,Rn as u,Tt as d,Vn as f,Y as p,Zt as m,an as h,bn as g,kt as _,q as v,tn as y,wt as b,yn as x,z as S}from"./failure-DdhVUdvy.js";import{D as C,M as w,R as T,h as E,p as D}from"./Button-5vQ51-9u.js";import{ot as O}from"./index-DU_01afT.js";var k={color:Object,type:{type:String,default:`default`},round:Boolean,size:String,closable:Boolean,disabled:{type:Boolean,default:void 0}},A=d(`tag`,`
 --n-close-margin: var(--n-close-margin-top) var(--n-close-margin-right) var(--n-close-margin-bottom) var(--n-close-margin-left);
 white-space: nowrap;
 position: relative;
 box-sizing: border-box;
 cursor: default;
 display: inline-flex;
 align-items: center;
 flex-wrap: nowrap;
 padding: var(--n-padding);
 border-radius: var(--n-border-radius);
 color: var(--n-text-color);
 background-color: var(--n-color);
 transition: 
 border-color .3s var(--n-bezier),
 background-color .3s var(--n-bezier),
 color .3s var(--n-bezier),
 box-shadow .3s var(--n-bezier),
 opacity .3s var(--n-bezier);
 line-height: 1;
 height: var(--n-height);
 font-size: var(--n-font-size);
`,[c(`strong`,`
 font-weight: var(--n-font-weight-strong);
 `),r(`border`,`
 pointer-events: none;
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 border-radius: inherit;
 border: var(--n-border);
 transition: border-color .3s var(--n-bezier);
 `),r(`icon`,`
 display: flex;
 margin: 0 4px 0 0;
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 font-size: var(--n-avatar-size-override);
 `),r(`avatar`,`
 display: flex;
 margin: 0 6px 0 0;
 `),r(`close`,`
 margin: var(--n-close-margin);
 transition:
 background-color .3s var(--n-bezier),
 color .3s var(--n-bezier);
 `),c(`round`,`
 padding: 0 calc(var(--n-height) / 3);
 border-radius: calc(var(--n-height) / 2);
 `,[r(`icon`,`
 margin: 0 4px 0 calc((var(--n-height) - 8px) / -2);
 `),r(`avatar`,`
 margin: 0 6px 0 calc((var(--n-height) - 8px) / -2);
 `),c(`closable`,`
 padding: 0 calc(var(--n-height) / 4) 0 calc(var(--n-height) / 3);
 `)]),c(`icon, avatar`,[c(`round`,`
 padding: 0 calc(var(--n-height) / 3) 0 calc(var(--n-height) / 2);
 `)]),c(`disabled`,`
 cursor: not-allowed !important;
 opacity: var(--n-opacity-disabled);
 `),c(`checkable`,`
 cursor: pointer;
 box-shadow: none;
 color: var(--n-text-color-checkable);
 background-color: var(--n-color-checkable);
 `,[_(`disabled`,[b(`&:hover`,`background-color: var(--n-color-hover-checkable);`,[_(`checked`,`color: var(--n-text-color-hover-checkable);`)]),b(`&:active`,`background-color: var(--n-color-pressed-checkable);`,[_(`checked`,`color: var(--n-text-color-pressed-checkable);`)])]),c(`checked`,`
 color: var(--n-text-color-checked);
 background-color: var(--n-color-checked);
 `,[_(`disabled`,[b(`&:hover`,`background-color: var(--n-color-checked-hover);`),b(`&:active`,`background-color: var(--n-color-checked-pressed);`)])])])]),j=[`onClick`,`onMouseenter`,`onMouseleave`],M={...n.props,...k,bordered:{type:Boolean,default:void 0},checked:Boolean,checkable:Boolean,strong:Boolean,triggerClickOnClose:Boolean,onClose:[Array,Function],onMouseenter:Function,onMouseleave:Function,"onUpdate:checked":Function,onUpdateChecked:Function,internalCloseFocusable:{type:Boolean,default:!0},internalCloseIsButtonTag:{type:Boolean,default:!0},onCheckedChange:Function},N=p(`n-tag`),P=h({name:`Tag`,props:M,slots:Object,setup(e){let r=u(null),{mergedBorderedRef:i,mergedClsPrefixRef:a,inlineThemeDisabled:c,mergedRtlRef:l,mergedComponentPropsRef:d}=v(e),p=m(()=>e.size||d?.value?.Tag?.size||`medium`),h=n(`Tag`,`-tag`,A,O,e,a);g(N,{roundRef:f(e,`round`)});function _(){if(!e.disabled&&e.checkable){let{checked:t,onCheckedChange:n,onUpdateChecked:r,"onUpdate:checked":i}=e;r&&r(!t),i&&i(!t),n&&n(!t)}}function y(t){if(e.triggerClickOnClose||t.stopPropagation(),!e.disabled){let{onClose:n}=e;n&&T(n,t)}}let b={setTextContent(e){let{value:t}=r;t&&(t.textContent=e)}},x=C(`Tag`,l,a),S=m(()=>{let{type:n,color:{color:r,textColor:a}={}}=e,s=p.value,{common:{cubicBezierEaseInOut:c},self:{padding:l,closeMargin:u,borderRadius:d,opacityDisabled:f,textColorCheckable:m,textColorHoverCheckable:g,textColorPressedCheckable:_,textColorChecked:v,colorCheckable:y,colorHoverCheckable:b,colorPressedCheckable:x,colorChecked:S,colorCheckedHover:C,colorCheckedPressed:w,closeBorderRadius:T,fontWeightStrong:E,[t(`colorBordered`,n)]:D,[t(`closeSize`,s)]:O,[t(`closeIconSize`,s)]:k,[t(`fontSize`,s)]:A,[t(`height`,s)]:j,[t(`color`,n)]:M,[t(`textColor`,n)]:N,[t(`border`,n)]:P,[t(`closeIconColor`,n)]:F,[t(`closeIconColorHover`,n)]:I,[t(`closeIconColorPressed`,n)]:L,[t(`closeColorHover`,n)]:R,[t(`closeColorPressed`,n)]:z}}=h.value,B=o(u);return{"--n-font-weight-strong":E,"--n-avatar-size-override":`calc(${j} - 8px)`,"--n-bezier":c,"--n-border-radius":d,"--n-border":P,"--n-close-icon-size":k,"--n-close-color-pressed":z,"--n-close-color-hover":R,"--n-close-border-radius":T,"--n-close-icon-color":F,"--n-close-icon-color-hover":I,"--n-close-icon-color-pressed":L,"--n-close-icon-color-disabled":F,"--n-close-margin-top":B.top,"--n-close-margin-right":B.right,"--n-close-margin-bottom":B.bottom,"--n-close-margin-left":B.left,"--n-close-size":O,"--n-color":r||(i.value?D:M),"--n-color-checkable":y,"--n-color-checked":S,"--n-color-checked-hover":C,"--n-color-checked-pressed":w,"--n-color-hover-checkable":b,"--n-color-pressed-checkable":x,"--n-font-size":A,"--n-height":j,"--n-opacity-disabled":f,"--n-padding":l,"--n-text-color":a||N,"--n-text-color-checkable":m,"--n-text-color-checked":v,"--n-text-color-hover-checkable":g,"--n-text-color-pressed-checkable":_}}),w=c?s(`tag`,m(()=>{let t=``,{type:n,color:{color:r,textColor:a}={}}=e;return t+=n[0],t+=p.value[0],r&&(t+=`a${E(r)}`),a&&(t+=`b${E(a)}`),i.value&&(t+=`c`),t}),S,e):void 0;return{...b,rtlEnabled:x,mergedClsPrefix:a,contentRef:r,mergedBordered:i,handleClick:_,handleCloseClick:y,cssVars:c?void 0:S,themeClass:w?.themeClass,onRender:w?.onRender}},render(){let{mergedClsPrefix:t,rtlEnabled:n,closable:r,color:{borderColor:o}={},round:s,onRender:c,$slots:u}=this;c?.();let d=w(u.avatar,e=>e&&(x(),y(`div`,{class:S(`${t}-tag__avatar`)},[a(()=>e)],2))),f=w(u.icon,e=>e&&(x(),y(`div`,{class:S(`${t}-tag__icon`)},[a(()=>e)],2)));return x(),y(`div`,{class:S([`${t}-tag`,this.themeClass,{[`${t}-tag--rtl`]:n,[`${t}-tag--strong`]:this.strong,[`${t}-tag--disabled`]:this.disabled,[`${t}-tag--checkable`]:this.checkable,[`${t}-tag--checked`]:this.checkable&&this.checked,[`${t}-tag--round`]:s,[`${t}-tag--avatar`]:d,[`${t}-tag--icon`]:f,[`${t}-tag--closable`]:r}]),style:i(this.cssVars),onClick:this.handleClick,onMouseenter:this.onMouseenter,onMouseleave:this.onMouseleave},[a(()=>f||d),l(`span`,{class:S(`${t}-tag__content`),ref:`contentRef`},[a(()=>this.$slots.default?.())],2),!this.checkable&&r?(x(),e(D,{key:0,clsPrefix:t,class:S(`${t}-tag__close`),disabled:this.disabled,onClick:this.handleCloseClick,focusable:this.internalCloseFocusable,round:s,isButtonTag:this.internalCloseIsButtonTag,absolute:!0},null,8,[`clsPrefix`,`class`,`disabled`,`onClick`,`focusable`,`round`,`isButtonTag`])):a(()=>null),!this.checkable&&this.mergedBordered?(x(),y(`div`,{key:2,class:S(`${t}-tag__border`),style:i({borderColor:o})},null,6)):a(()=>null)],46,j)}});export{P as t};