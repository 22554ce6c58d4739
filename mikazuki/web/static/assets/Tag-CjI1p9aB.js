import{Cr as e,Ct as t,Fn as n,Gt as r,I as i,In as a,Jr as o,Ln as s,Mn as c,P as l,Pn as u,Pt as d,Rt as f,St as p,Vr as m,Vt as h,Wr as g,Y as _,ar as v,et as y,ir as b,jn as x,ot as S,qt as C,rr as w,sr as T,ur as E,wr as D}from"./_plugin-vue_export-helper-DwV3C7qz.js";import{$ as O}from"./index-5ayaQeka.js";function k(e,t){let{target:n}=e;for(;n;){if(n.dataset&&n.dataset[t]!==void 0)return!0;n=n.parentElement}return!1}var A={color:Object,type:{type:String,default:`default`},round:Boolean,size:String,closable:Boolean,disabled:{type:Boolean,default:void 0}},j=c(`tag`,`
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
`,[n(`strong`,`
 font-weight: var(--n-font-weight-strong);
 `),u(`border`,`
 pointer-events: none;
 position: absolute;
 left: 0;
 right: 0;
 top: 0;
 bottom: 0;
 border-radius: inherit;
 border: var(--n-border);
 transition: border-color .3s var(--n-bezier);
 `),u(`icon`,`
 display: flex;
 margin: 0 4px 0 0;
 color: var(--n-text-color);
 transition: color .3s var(--n-bezier);
 font-size: var(--n-avatar-size-override);
 `),u(`avatar`,`
 display: flex;
 margin: 0 6px 0 0;
 `),u(`close`,`
 margin: var(--n-close-margin);
 transition:
 background-color .3s var(--n-bezier),
 color .3s var(--n-bezier);
 `),n(`round`,`
 padding: 0 calc(var(--n-height) / 3);
 border-radius: calc(var(--n-height) / 2);
 `,[u(`icon`,`
 margin: 0 4px 0 calc((var(--n-height) - 8px) / -2);
 `),u(`avatar`,`
 margin: 0 6px 0 calc((var(--n-height) - 8px) / -2);
 `),n(`closable`,`
 padding: 0 calc(var(--n-height) / 4) 0 calc(var(--n-height) / 3);
 `)]),n(`icon, avatar`,[n(`round`,`
 padding: 0 calc(var(--n-height) / 3) 0 calc(var(--n-height) / 2);
 `)]),n(`disabled`,`
 cursor: not-allowed !important;
 opacity: var(--n-opacity-disabled);
 `),n(`checkable`,`
 cursor: pointer;
 box-shadow: none;
 color: var(--n-text-color-checkable);
 background-color: var(--n-color-checkable);
 `,[a(`disabled`,[x(`&:hover`,`background-color: var(--n-color-hover-checkable);`,[a(`checked`,`color: var(--n-text-color-hover-checkable);`)]),x(`&:active`,`background-color: var(--n-color-pressed-checkable);`,[a(`checked`,`color: var(--n-text-color-pressed-checkable);`)])]),n(`checked`,`
 color: var(--n-text-color-checked);
 background-color: var(--n-color-checked);
 `,[a(`disabled`,[x(`&:hover`,`background-color: var(--n-color-checked-hover);`),x(`&:active`,`background-color: var(--n-color-checked-pressed);`)])])])]),M=[`onClick`,`onMouseenter`,`onMouseleave`],N={...p.props,...A,bordered:{type:Boolean,default:void 0},checked:Boolean,checkable:Boolean,strong:Boolean,triggerClickOnClose:Boolean,onClose:[Array,Function],onMouseenter:Function,onMouseleave:Function,"onUpdate:checked":Function,onUpdateChecked:Function,internalCloseFocusable:{type:Boolean,default:!0},internalCloseIsButtonTag:{type:Boolean,default:!0},onCheckedChange:Function},P=C(`n-tag`),F=E({name:`Tag`,props:N,slots:Object,setup(e){let n=m(null),{mergedBorderedRef:a,mergedClsPrefixRef:o,inlineThemeDisabled:c,mergedRtlRef:l,mergedComponentPropsRef:u}=r(e),f=w(()=>e.size||u?.value?.Tag?.size||`medium`),h=p(`Tag`,`-tag`,j,O,e,o);D(P,{roundRef:g(e,`round`)});function v(){if(!e.disabled&&e.checkable){let{checked:t,onCheckedChange:n,onUpdateChecked:r,"onUpdate:checked":i}=e;r&&r(!t),i&&i(!t),n&&n(!t)}}function y(t){if(e.triggerClickOnClose||t.stopPropagation(),!e.disabled){let{onClose:n}=e;n&&S(n,t)}}let b={setTextContent(e){let{value:t}=n;t&&(t.textContent=e)}},x=_(`Tag`,l,o),C=w(()=>{let{type:t,color:{color:n,textColor:r}={}}=e,i=f.value,{common:{cubicBezierEaseInOut:o},self:{padding:c,closeMargin:l,borderRadius:u,opacityDisabled:p,textColorCheckable:m,textColorHoverCheckable:g,textColorPressedCheckable:_,textColorChecked:v,colorCheckable:y,colorHoverCheckable:b,colorPressedCheckable:x,colorChecked:S,colorCheckedHover:C,colorCheckedPressed:w,closeBorderRadius:T,fontWeightStrong:E,[s(`colorBordered`,t)]:D,[s(`closeSize`,i)]:O,[s(`closeIconSize`,i)]:k,[s(`fontSize`,i)]:A,[s(`height`,i)]:j,[s(`color`,t)]:M,[s(`textColor`,t)]:N,[s(`border`,t)]:P,[s(`closeIconColor`,t)]:F,[s(`closeIconColorHover`,t)]:I,[s(`closeIconColorPressed`,t)]:L,[s(`closeColorHover`,t)]:R,[s(`closeColorPressed`,t)]:z}}=h.value,B=d(l);return{"--n-font-weight-strong":E,"--n-avatar-size-override":`calc(${j} - 8px)`,"--n-bezier":o,"--n-border-radius":u,"--n-border":P,"--n-close-icon-size":k,"--n-close-color-pressed":z,"--n-close-color-hover":R,"--n-close-border-radius":T,"--n-close-icon-color":F,"--n-close-icon-color-hover":I,"--n-close-icon-color-pressed":L,"--n-close-icon-color-disabled":F,"--n-close-margin-top":B.top,"--n-close-margin-right":B.right,"--n-close-margin-bottom":B.bottom,"--n-close-margin-left":B.left,"--n-close-size":O,"--n-color":n||(a.value?D:M),"--n-color-checkable":y,"--n-color-checked":S,"--n-color-checked-hover":C,"--n-color-checked-pressed":w,"--n-color-hover-checkable":b,"--n-color-pressed-checkable":x,"--n-font-size":A,"--n-height":j,"--n-opacity-disabled":p,"--n-padding":c,"--n-text-color":r||N,"--n-text-color-checkable":m,"--n-text-color-checked":v,"--n-text-color-hover-checkable":g,"--n-text-color-pressed-checkable":_}}),T=c?t(`tag`,w(()=>{let t=``,{type:n,color:{color:r,textColor:o}={}}=e;return t+=n[0],t+=f.value[0],r&&(t+=`a${i(r)}`),o&&(t+=`b${i(o)}`),a.value&&(t+=`c`),t}),C,e):void 0;return{...b,rtlEnabled:x,mergedClsPrefix:o,contentRef:n,mergedBordered:a,handleClick:v,handleCloseClick:y,cssVars:c?void 0:C,themeClass:T?.themeClass,onRender:T?.onRender}},render(){let{mergedClsPrefix:t,rtlEnabled:n,closable:r,color:{borderColor:i}={},round:a,onRender:s,$slots:c}=this;s?.();let u=y(c.avatar,n=>n&&(e(),T(`div`,{class:f(`${t}-tag__avatar`)},[h(()=>n)],2))),d=y(c.icon,n=>n&&(e(),T(`div`,{class:f(`${t}-tag__icon`)},[h(()=>n)],2)));return e(),T(`div`,{class:f([`${t}-tag`,this.themeClass,{[`${t}-tag--rtl`]:n,[`${t}-tag--strong`]:this.strong,[`${t}-tag--disabled`]:this.disabled,[`${t}-tag--checkable`]:this.checkable,[`${t}-tag--checked`]:this.checkable&&this.checked,[`${t}-tag--round`]:a,[`${t}-tag--avatar`]:u,[`${t}-tag--icon`]:d,[`${t}-tag--closable`]:r}]),style:o(this.cssVars),onClick:this.handleClick,onMouseenter:this.onMouseenter,onMouseleave:this.onMouseleave},[h(()=>d||u),b(`span`,{class:f(`${t}-tag__content`),ref:`contentRef`},[h(()=>this.$slots.default?.())],2),!this.checkable&&r?(e(),v(l,{key:0,clsPrefix:t,class:f(`${t}-tag__close`),disabled:this.disabled,onClick:this.handleCloseClick,focusable:this.internalCloseFocusable,round:a,isButtonTag:this.internalCloseIsButtonTag,absolute:!0},null,8,[`clsPrefix`,`class`,`disabled`,`onClick`,`focusable`,`round`,`isButtonTag`])):h(()=>null),!this.checkable&&this.mergedBordered?(e(),T(`div`,{key:2,class:f(`${t}-tag__border`),style:o({borderColor:i})},null,6)):h(()=>null)],46,M)}});export{k as n,F as t};