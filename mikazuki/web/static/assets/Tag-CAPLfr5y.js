import{$t as e,A as t,Ct as n,Fn as r,Gt as i,I as a,Kt as o,Mn as s,N as c,S as l,St as u,U as d,V as f,Yt as p,mn as m,pn as h,qt as g,vt as _,wt as v,x as y,xt as b,yt as x,zn as S}from"./_plugin-vue_export-helper-7feDbWgl.js";import{A as C,F as w,V as T,g as E,v as D}from"./i18n-D5Ga6e_b.js";import{ot as O}from"./index-Q9UsUwtw.js";var k={color:Object,type:{type:String,default:`default`},round:Boolean,size:String,closable:Boolean,disabled:{type:Boolean,default:void 0}},A=x(`tag`,`
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
`,[u(`strong`,`
 font-weight: var(--n-font-weight-strong);
 `),b(`border`,`
 pointer-events: none;
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 border-radius: inherit;
 border: var(--n-border);
 transition: border-color .3s var(--n-bezier);
 `),b(`icon`,`
 display: flex;
 margin: 0 4px 0 0;
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 font-size: var(--n-avatar-size-override);
 `),b(`avatar`,`
 display: flex;
 margin: 0 6px 0 0;
 `),b(`close`,`
 margin: var(--n-close-margin);
 transition:
 background-color .3s var(--n-bezier),
 color .3s var(--n-bezier);
 `),u(`round`,`
 padding: 0 calc(var(--n-height) / 3);
 border-radius: calc(var(--n-height) / 2);
 `,[b(`icon`,`
 margin: 0 4px 0 calc((var(--n-height) - 8px) / -2);
 `),b(`avatar`,`
 margin: 0 6px 0 calc((var(--n-height) - 8px) / -2);
 `),u(`closable`,`
 padding: 0 calc(var(--n-height) / 4) 0 calc(var(--n-height) / 3);
 `)]),u(`icon, avatar`,[u(`round`,`
 padding: 0 calc(var(--n-height) / 3) 0 calc(var(--n-height) / 2);
 `)]),u(`disabled`,`
 cursor: not-allowed !important;
 opacity: var(--n-opacity-disabled);
 `),u(`checkable`,`
 cursor: pointer;
 box-shadow: none;
 color: var(--n-text-color-checkable);
 background-color: var(--n-color-checkable);
 `,[n(`disabled`,[_(`&:hover`,`background-color: var(--n-color-hover-checkable);`,[n(`checked`,`color: var(--n-text-color-hover-checkable);`)]),_(`&:active`,`background-color: var(--n-color-pressed-checkable);`,[n(`checked`,`color: var(--n-text-color-pressed-checkable);`)])]),u(`checked`,`
 color: var(--n-text-color-checked);
 background-color: var(--n-color-checked);
 `,[n(`disabled`,[_(`&:hover`,`background-color: var(--n-color-checked-hover);`),_(`&:active`,`background-color: var(--n-color-checked-pressed);`)])])])]),j=[`onClick`,`onMouseenter`,`onMouseleave`],M={...y.props,...k,bordered:{type:Boolean,default:void 0},checked:Boolean,checkable:Boolean,strong:Boolean,triggerClickOnClose:Boolean,onClose:[Array,Function],onMouseenter:Function,onMouseleave:Function,"onUpdate:checked":Function,onUpdateChecked:Function,internalCloseFocusable:{type:Boolean,default:!0},internalCloseIsButtonTag:{type:Boolean,default:!0},onCheckedChange:Function},N=d(`n-tag`),P=e({name:`Tag`,props:M,slots:Object,setup(e){let n=s(null),{mergedBorderedRef:a,mergedClsPrefixRef:o,inlineThemeDisabled:c,mergedRtlRef:u,mergedComponentPropsRef:d}=f(e),p=i(()=>e.size||d?.value?.Tag?.size||`medium`),h=y(`Tag`,`-tag`,A,O,e,o);m(N,{roundRef:r(e,`round`)});function g(){if(!e.disabled&&e.checkable){let{checked:t,onCheckedChange:n,onUpdateChecked:r,"onUpdate:checked":i}=e;r&&r(!t),i&&i(!t),n&&n(!t)}}function _(t){if(e.triggerClickOnClose||t.stopPropagation(),!e.disabled){let{onClose:n}=e;n&&T(n,t)}}let b={setTextContent(e){let{value:t}=n;t&&(t.textContent=e)}},x=C(`Tag`,u,o),S=i(()=>{let{type:n,color:{color:r,textColor:i}={}}=e,o=p.value,{common:{cubicBezierEaseInOut:s},self:{padding:c,closeMargin:l,borderRadius:u,opacityDisabled:d,textColorCheckable:f,textColorHoverCheckable:m,textColorPressedCheckable:g,textColorChecked:_,colorCheckable:y,colorHoverCheckable:b,colorPressedCheckable:x,colorChecked:S,colorCheckedHover:C,colorCheckedPressed:w,closeBorderRadius:T,fontWeightStrong:E,[v(`colorBordered`,n)]:D,[v(`closeSize`,o)]:O,[v(`closeIconSize`,o)]:k,[v(`fontSize`,o)]:A,[v(`height`,o)]:j,[v(`color`,n)]:M,[v(`textColor`,n)]:N,[v(`border`,n)]:P,[v(`closeIconColor`,n)]:F,[v(`closeIconColorHover`,n)]:I,[v(`closeIconColorPressed`,n)]:L,[v(`closeColorHover`,n)]:R,[v(`closeColorPressed`,n)]:z}}=h.value,B=t(l);return{"--n-font-weight-strong":E,"--n-avatar-size-override":`calc(${j} - 8px)`,"--n-bezier":s,"--n-border-radius":u,"--n-border":P,"--n-close-icon-size":k,"--n-close-color-pressed":z,"--n-close-color-hover":R,"--n-close-border-radius":T,"--n-close-icon-color":F,"--n-close-icon-color-hover":I,"--n-close-icon-color-pressed":L,"--n-close-icon-color-disabled":F,"--n-close-margin-top":B.top,"--n-close-margin-right":B.right,"--n-close-margin-bottom":B.bottom,"--n-close-margin-left":B.left,"--n-close-size":O,"--n-color":r||(a.value?D:M),"--n-color-checkable":y,"--n-color-checked":S,"--n-color-checked-hover":C,"--n-color-checked-pressed":w,"--n-color-hover-checkable":b,"--n-color-pressed-checkable":x,"--n-font-size":A,"--n-height":j,"--n-opacity-disabled":d,"--n-padding":c,"--n-text-color":i||N,"--n-text-color-checkable":f,"--n-text-color-checked":_,"--n-text-color-hover-checkable":m,"--n-text-color-pressed-checkable":g}}),w=c?l(`tag`,i(()=>{let t=``,{type:n,color:{color:r,textColor:i}={}}=e;return t+=n[0],t+=p.value[0],r&&(t+=`a${D(r)}`),i&&(t+=`b${D(i)}`),a.value&&(t+=`c`),t}),S,e):void 0;return{...b,rtlEnabled:x,mergedClsPrefix:o,contentRef:n,mergedBordered:a,handleClick:g,handleCloseClick:_,cssVars:c?void 0:S,themeClass:w?.themeClass,onRender:w?.onRender}},render(){let{mergedClsPrefix:e,rtlEnabled:t,closable:n,color:{borderColor:r}={},round:i,onRender:s,$slots:l}=this;s?.();let u=w(l.avatar,t=>t&&(h(),p(`div`,{class:c(`${e}-tag__avatar`)},[a(()=>t)],2))),d=w(l.icon,t=>t&&(h(),p(`div`,{class:c(`${e}-tag__icon`)},[a(()=>t)],2)));return h(),p(`div`,{class:c([`${e}-tag`,this.themeClass,{[`${e}-tag--rtl`]:t,[`${e}-tag--strong`]:this.strong,[`${e}-tag--disabled`]:this.disabled,[`${e}-tag--checkable`]:this.checkable,[`${e}-tag--checked`]:this.checkable&&this.checked,[`${e}-tag--round`]:i,[`${e}-tag--avatar`]:u,[`${e}-tag--icon`]:d,[`${e}-tag--closable`]:n}]),style:S(this.cssVars),onClick:this.handleClick,onMouseenter:this.onMouseenter,onMouseleave:this.onMouseleave},[a(()=>d||u),o(`span`,{class:c(`${e}-tag__content`),ref:`contentRef`},[a(()=>this.$slots.default?.())],2),!this.checkable&&n?(h(),g(E,{key:0,clsPrefix:e,class:c(`${e}-tag__close`),disabled:this.disabled,onClick:this.handleCloseClick,focusable:this.internalCloseFocusable,round:i,isButtonTag:this.internalCloseIsButtonTag,absolute:!0},null,8,[`clsPrefix`,`class`,`disabled`,`onClick`,`focusable`,`round`,`isButtonTag`])):a(()=>null),!this.checkable&&this.mergedBordered?(h(),p(`div`,{key:2,class:c(`${e}-tag__border`),style:S({borderColor:r})},null,6)):a(()=>null)],46,j)}});export{P as t};