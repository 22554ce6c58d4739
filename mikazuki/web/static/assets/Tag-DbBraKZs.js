import{$t as e,A as t,Ct as n,Gt as r,I as i,Kt as a,N as o,Pn as s,Rn as c,S as l,St as u,U as d,V as f,Yt as p,jn as m,mn as h,pn as g,qt as _,vt as v,wt as y,x as b,xt as x,yt as S}from"./_plugin-vue_export-helper-nX_YewPX.js";import{A as C,F as w,V as T,g as E,v as D}from"./i18n-7fhTEx4s.js";import{st as O}from"./index-DhzwMCm2.js";var k={color:Object,type:{type:String,default:`default`},round:Boolean,size:String,closable:Boolean,disabled:{type:Boolean,default:void 0}},A=S(`tag`,`
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
 `),x(`border`,`
 pointer-events: none;
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 border-radius: inherit;
 border: var(--n-border);
 transition: border-color .3s var(--n-bezier);
 `),x(`icon`,`
 display: flex;
 margin: 0 4px 0 0;
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 font-size: var(--n-avatar-size-override);
 `),x(`avatar`,`
 display: flex;
 margin: 0 6px 0 0;
 `),x(`close`,`
 margin: var(--n-close-margin);
 transition:
 background-color .3s var(--n-bezier),
 color .3s var(--n-bezier);
 `),u(`round`,`
 padding: 0 calc(var(--n-height) / 3);
 border-radius: calc(var(--n-height) / 2);
 `,[x(`icon`,`
 margin: 0 4px 0 calc((var(--n-height) - 8px) / -2);
 `),x(`avatar`,`
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
 `,[n(`disabled`,[v(`&:hover`,`background-color: var(--n-color-hover-checkable);`,[n(`checked`,`color: var(--n-text-color-hover-checkable);`)]),v(`&:active`,`background-color: var(--n-color-pressed-checkable);`,[n(`checked`,`color: var(--n-text-color-pressed-checkable);`)])]),u(`checked`,`
 color: var(--n-text-color-checked);
 background-color: var(--n-color-checked);
 `,[n(`disabled`,[v(`&:hover`,`background-color: var(--n-color-checked-hover);`),v(`&:active`,`background-color: var(--n-color-checked-pressed);`)])])])]),j=[`onClick`,`onMouseenter`,`onMouseleave`],M={...b.props,...k,bordered:{type:Boolean,default:void 0},checked:Boolean,checkable:Boolean,strong:Boolean,triggerClickOnClose:Boolean,onClose:[Array,Function],onMouseenter:Function,onMouseleave:Function,"onUpdate:checked":Function,onUpdateChecked:Function,internalCloseFocusable:{type:Boolean,default:!0},internalCloseIsButtonTag:{type:Boolean,default:!0},onCheckedChange:Function},N=d(`n-tag`),P=e({name:`Tag`,props:M,slots:Object,setup(e){let n=m(null),{mergedBorderedRef:i,mergedClsPrefixRef:a,inlineThemeDisabled:o,mergedRtlRef:c,mergedComponentPropsRef:u}=f(e),d=r(()=>e.size||u?.value?.Tag?.size||`medium`),p=b(`Tag`,`-tag`,A,O,e,a);h(N,{roundRef:s(e,`round`)});function g(){if(!e.disabled&&e.checkable){let{checked:t,onCheckedChange:n,onUpdateChecked:r,"onUpdate:checked":i}=e;r&&r(!t),i&&i(!t),n&&n(!t)}}function _(t){if(e.triggerClickOnClose||t.stopPropagation(),!e.disabled){let{onClose:n}=e;n&&T(n,t)}}let v={setTextContent(e){let{value:t}=n;t&&(t.textContent=e)}},x=C(`Tag`,c,a),S=r(()=>{let{type:n,color:{color:r,textColor:a}={}}=e,o=d.value,{common:{cubicBezierEaseInOut:s},self:{padding:c,closeMargin:l,borderRadius:u,opacityDisabled:f,textColorCheckable:m,textColorHoverCheckable:h,textColorPressedCheckable:g,textColorChecked:_,colorCheckable:v,colorHoverCheckable:b,colorPressedCheckable:x,colorChecked:S,colorCheckedHover:C,colorCheckedPressed:w,closeBorderRadius:T,fontWeightStrong:E,[y(`colorBordered`,n)]:D,[y(`closeSize`,o)]:O,[y(`closeIconSize`,o)]:k,[y(`fontSize`,o)]:A,[y(`height`,o)]:j,[y(`color`,n)]:M,[y(`textColor`,n)]:N,[y(`border`,n)]:P,[y(`closeIconColor`,n)]:F,[y(`closeIconColorHover`,n)]:I,[y(`closeIconColorPressed`,n)]:L,[y(`closeColorHover`,n)]:R,[y(`closeColorPressed`,n)]:z}}=p.value,B=t(l);return{"--n-font-weight-strong":E,"--n-avatar-size-override":`calc(${j} - 8px)`,"--n-bezier":s,"--n-border-radius":u,"--n-border":P,"--n-close-icon-size":k,"--n-close-color-pressed":z,"--n-close-color-hover":R,"--n-close-border-radius":T,"--n-close-icon-color":F,"--n-close-icon-color-hover":I,"--n-close-icon-color-pressed":L,"--n-close-icon-color-disabled":F,"--n-close-margin-top":B.top,"--n-close-margin-right":B.right,"--n-close-margin-bottom":B.bottom,"--n-close-margin-left":B.left,"--n-close-size":O,"--n-color":r||(i.value?D:M),"--n-color-checkable":v,"--n-color-checked":S,"--n-color-checked-hover":C,"--n-color-checked-pressed":w,"--n-color-hover-checkable":b,"--n-color-pressed-checkable":x,"--n-font-size":A,"--n-height":j,"--n-opacity-disabled":f,"--n-padding":c,"--n-text-color":a||N,"--n-text-color-checkable":m,"--n-text-color-checked":_,"--n-text-color-hover-checkable":h,"--n-text-color-pressed-checkable":g}}),w=o?l(`tag`,r(()=>{let t=``,{type:n,color:{color:r,textColor:a}={}}=e;return t+=n[0],t+=d.value[0],r&&(t+=`a${D(r)}`),a&&(t+=`b${D(a)}`),i.value&&(t+=`c`),t}),S,e):void 0;return{...v,rtlEnabled:x,mergedClsPrefix:a,contentRef:n,mergedBordered:i,handleClick:g,handleCloseClick:_,cssVars:o?void 0:S,themeClass:w?.themeClass,onRender:w?.onRender}},render(){let{mergedClsPrefix:e,rtlEnabled:t,closable:n,color:{borderColor:r}={},round:s,onRender:l,$slots:u}=this;l?.();let d=w(u.avatar,t=>t&&(g(),p(`div`,{class:o(`${e}-tag__avatar`)},[i(()=>t)],2))),f=w(u.icon,t=>t&&(g(),p(`div`,{class:o(`${e}-tag__icon`)},[i(()=>t)],2)));return g(),p(`div`,{class:o([`${e}-tag`,this.themeClass,{[`${e}-tag--rtl`]:t,[`${e}-tag--strong`]:this.strong,[`${e}-tag--disabled`]:this.disabled,[`${e}-tag--checkable`]:this.checkable,[`${e}-tag--checked`]:this.checkable&&this.checked,[`${e}-tag--round`]:s,[`${e}-tag--avatar`]:d,[`${e}-tag--icon`]:f,[`${e}-tag--closable`]:n}]),style:c(this.cssVars),onClick:this.handleClick,onMouseenter:this.onMouseenter,onMouseleave:this.onMouseleave},[i(()=>f||d),a(`span`,{class:o(`${e}-tag__content`),ref:`contentRef`},[i(()=>this.$slots.default?.())],2),!this.checkable&&n?(g(),_(E,{key:0,clsPrefix:e,class:o(`${e}-tag__close`),disabled:this.disabled,onClick:this.handleCloseClick,focusable:this.internalCloseFocusable,round:s,isButtonTag:this.internalCloseIsButtonTag,absolute:!0},null,8,[`clsPrefix`,`class`,`disabled`,`onClick`,`focusable`,`round`,`isButtonTag`])):i(()=>null),!this.checkable&&this.mergedBordered?(g(),p(`div`,{key:2,class:o(`${e}-tag__border`),style:c({borderColor:r})},null,6)):i(()=>null)],46,j)}});export{P as t};