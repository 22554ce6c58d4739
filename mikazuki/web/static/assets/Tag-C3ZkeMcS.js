import{Br as e,Cr as t,Ct as n,Fn as r,Gt as i,I as a,In as o,Ln as s,Mn as c,P as l,Pn as u,Pt as d,Rt as f,Sr as p,St as m,Ur as h,Vt as g,Y as _,et as v,ir as y,jn as b,lr as x,nr as S,or as C,ot as w,qr as T,qt as E,rr as D}from"./_plugin-vue_export-helper-B-WZ0uXV.js";import{$ as O}from"./index-BjIIC0LP.js";function k(e,t){let{target:n}=e;for(;n;){if(n.dataset&&n.dataset[t]!==void 0)return!0;n=n.parentElement}return!1}var A={color:Object,type:{type:String,default:`default`},round:Boolean,size:String,closable:Boolean,disabled:{type:Boolean,default:void 0}},j=c(`tag`,`
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
`,[r(`strong`,`
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
 `),r(`round`,`
 padding: 0 calc(var(--n-height) / 3);
 border-radius: calc(var(--n-height) / 2);
 `,[u(`icon`,`
 margin: 0 4px 0 calc((var(--n-height) - 8px) / -2);
 `),u(`avatar`,`
 margin: 0 6px 0 calc((var(--n-height) - 8px) / -2);
 `),r(`closable`,`
 padding: 0 calc(var(--n-height) / 4) 0 calc(var(--n-height) / 3);
 `)]),r(`icon, avatar`,[r(`round`,`
 padding: 0 calc(var(--n-height) / 3) 0 calc(var(--n-height) / 2);
 `)]),r(`disabled`,`
 cursor: not-allowed !important;
 opacity: var(--n-opacity-disabled);
 `),r(`checkable`,`
 cursor: pointer;
 box-shadow: none;
 color: var(--n-text-color-checkable);
 background-color: var(--n-color-checkable);
 `,[o(`disabled`,[b(`&:hover`,`background-color: var(--n-color-hover-checkable);`,[o(`checked`,`color: var(--n-text-color-hover-checkable);`)]),b(`&:active`,`background-color: var(--n-color-pressed-checkable);`,[o(`checked`,`color: var(--n-text-color-pressed-checkable);`)])]),r(`checked`,`
 color: var(--n-text-color-checked);
 background-color: var(--n-color-checked);
 `,[o(`disabled`,[b(`&:hover`,`background-color: var(--n-color-checked-hover);`),b(`&:active`,`background-color: var(--n-color-checked-pressed);`)])])])]),M=[`onClick`,`onMouseenter`,`onMouseleave`],N={...m.props,...A,bordered:{type:Boolean,default:void 0},checked:Boolean,checkable:Boolean,strong:Boolean,triggerClickOnClose:Boolean,onClose:[Array,Function],onMouseenter:Function,onMouseleave:Function,"onUpdate:checked":Function,onUpdateChecked:Function,internalCloseFocusable:{type:Boolean,default:!0},internalCloseIsButtonTag:{type:Boolean,default:!0},onCheckedChange:Function},P=E(`n-tag`),F=x({name:`Tag`,props:N,slots:Object,setup(r){let o=e(null),{mergedBorderedRef:c,mergedClsPrefixRef:l,inlineThemeDisabled:u,mergedRtlRef:f,mergedComponentPropsRef:p}=i(r),g=S(()=>r.size||p?.value?.Tag?.size||`medium`),v=m(`Tag`,`-tag`,j,O,r,l);t(P,{roundRef:h(r,`round`)});function y(){if(!r.disabled&&r.checkable){let{checked:e,onCheckedChange:t,onUpdateChecked:n,"onUpdate:checked":i}=r;n&&n(!e),i&&i(!e),t&&t(!e)}}function b(e){if(r.triggerClickOnClose||e.stopPropagation(),!r.disabled){let{onClose:t}=r;t&&w(t,e)}}let x={setTextContent(e){let{value:t}=o;t&&(t.textContent=e)}},C=_(`Tag`,f,l),T=S(()=>{let{type:e,color:{color:t,textColor:n}={}}=r,i=g.value,{common:{cubicBezierEaseInOut:a},self:{padding:o,closeMargin:l,borderRadius:u,opacityDisabled:f,textColorCheckable:p,textColorHoverCheckable:m,textColorPressedCheckable:h,textColorChecked:_,colorCheckable:y,colorHoverCheckable:b,colorPressedCheckable:x,colorChecked:S,colorCheckedHover:C,colorCheckedPressed:w,closeBorderRadius:T,fontWeightStrong:E,[s(`colorBordered`,e)]:D,[s(`closeSize`,i)]:O,[s(`closeIconSize`,i)]:k,[s(`fontSize`,i)]:A,[s(`height`,i)]:j,[s(`color`,e)]:M,[s(`textColor`,e)]:N,[s(`border`,e)]:P,[s(`closeIconColor`,e)]:F,[s(`closeIconColorHover`,e)]:I,[s(`closeIconColorPressed`,e)]:L,[s(`closeColorHover`,e)]:R,[s(`closeColorPressed`,e)]:z}}=v.value,B=d(l);return{"--n-font-weight-strong":E,"--n-avatar-size-override":`calc(${j} - 8px)`,"--n-bezier":a,"--n-border-radius":u,"--n-border":P,"--n-close-icon-size":k,"--n-close-color-pressed":z,"--n-close-color-hover":R,"--n-close-border-radius":T,"--n-close-icon-color":F,"--n-close-icon-color-hover":I,"--n-close-icon-color-pressed":L,"--n-close-icon-color-disabled":F,"--n-close-margin-top":B.top,"--n-close-margin-right":B.right,"--n-close-margin-bottom":B.bottom,"--n-close-margin-left":B.left,"--n-close-size":O,"--n-color":t||(c.value?D:M),"--n-color-checkable":y,"--n-color-checked":S,"--n-color-checked-hover":C,"--n-color-checked-pressed":w,"--n-color-hover-checkable":b,"--n-color-pressed-checkable":x,"--n-font-size":A,"--n-height":j,"--n-opacity-disabled":f,"--n-padding":o,"--n-text-color":n||N,"--n-text-color-checkable":p,"--n-text-color-checked":_,"--n-text-color-hover-checkable":m,"--n-text-color-pressed-checkable":h}}),E=u?n(`tag`,S(()=>{let e=``,{type:t,color:{color:n,textColor:i}={}}=r;return e+=t[0],e+=g.value[0],n&&(e+=`a${a(n)}`),i&&(e+=`b${a(i)}`),c.value&&(e+=`c`),e}),T,r):void 0;return{...x,rtlEnabled:C,mergedClsPrefix:l,contentRef:o,mergedBordered:c,handleClick:y,handleCloseClick:b,cssVars:u?void 0:T,themeClass:E?.themeClass,onRender:E?.onRender}},render(){let{mergedClsPrefix:e,rtlEnabled:t,closable:n,color:{borderColor:r}={},round:i,onRender:a,$slots:o}=this;a?.();let s=v(o.avatar,t=>t&&(p(),C(`div`,{class:f(`${e}-tag__avatar`)},[g(()=>t)],2))),c=v(o.icon,t=>t&&(p(),C(`div`,{class:f(`${e}-tag__icon`)},[g(()=>t)],2)));return p(),C(`div`,{class:f([`${e}-tag`,this.themeClass,{[`${e}-tag--rtl`]:t,[`${e}-tag--strong`]:this.strong,[`${e}-tag--disabled`]:this.disabled,[`${e}-tag--checkable`]:this.checkable,[`${e}-tag--checked`]:this.checkable&&this.checked,[`${e}-tag--round`]:i,[`${e}-tag--avatar`]:s,[`${e}-tag--icon`]:c,[`${e}-tag--closable`]:n}]),style:T(this.cssVars),onClick:this.handleClick,onMouseenter:this.onMouseenter,onMouseleave:this.onMouseleave},[g(()=>c||s),D(`span`,{class:f(`${e}-tag__content`),ref:`contentRef`},[g(()=>this.$slots.default?.())],2),!this.checkable&&n?(p(),y(l,{key:0,clsPrefix:e,class:f(`${e}-tag__close`),disabled:this.disabled,onClick:this.handleCloseClick,focusable:this.internalCloseFocusable,round:i,isButtonTag:this.internalCloseIsButtonTag,absolute:!0},null,8,[`clsPrefix`,`class`,`disabled`,`onClick`,`focusable`,`round`,`isButtonTag`])):g(()=>null),!this.checkable&&this.mergedBordered?(p(),C(`div`,{key:2,class:f(`${e}-tag__border`),style:T({borderColor:r})},null,6)):g(()=>null)],46,M)}});export{k as n,F as t};