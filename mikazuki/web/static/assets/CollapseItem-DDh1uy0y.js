import{$t as e,Ct as t,F as n,Fn as r,Gt as i,I as a,Kt as o,Lt as s,M as c,Mn as l,N as u,P as d,S as f,St as p,Tn as m,U as h,V as g,W as _,Yt as v,mn as y,nn as b,pn as x,qt as S,vt as C,x as w,xt as T,yt as E,zn as D}from"./_plugin-vue_export-helper-7feDbWgl.js";import{A as O,G as k,I as A,P as j,V as M,W as N,et as P,h as F,rt as I}from"./i18n-D5Ga6e_b.js";import{t as L}from"./ChevronRight-BLZM7cxl.js";import{U as R,tt as z}from"./index-Q9UsUwtw.js";import{t as B}from"./use-merged-state-B4XHzrZT.js";import{t as V}from"./happens-in-D4nrdV77.js";var H=e({name:`ChevronLeft`,render(){return(()=>{let e=c(`dfe229c2639b2082`);return e[0]||=o(`svg`,{viewBox:`0 0 16 16`,fill:`none`,xmlns:`http://www.w3.org/2000/svg`},[o(`path`,{d:`M10.3536 3.14645C10.5488 3.34171 10.5488 3.65829 10.3536 3.85355L6.20711 8L10.3536 12.1464C10.5488 12.3417 10.5488 12.6583 10.3536 12.8536C10.1583 13.0488 9.84171 13.0488 9.64645 12.8536L5.14645 8.35355C4.95118 8.15829 4.95118 7.84171 5.14645 7.64645L9.64645 3.14645C9.84171 2.95118 10.1583 2.95118 10.3536 3.14645Z`,fill:`currentColor`})],-1)})()}}),U=E(`collapse`,`width: 100%;`,[E(`collapse-item`,`
 font-size: var(--n-font-size);
 color: var(--n-text-color);
 transition:
 color .3s var(--n-bezier),
 border-color .3s var(--n-bezier);
 margin: var(--n-item-margin);
 `,[p(`disabled`,[T(`header`,`cursor: not-allowed;`,[T(`header-main`,`
 color: var(--n-title-text-color-disabled);
 `),E(`collapse-item-arrow`,`
 color: var(--n-arrow-color-disabled);
 `)])]),E(`collapse-item`,`margin-left: 32px;`),C(`&:first-child`,`margin-top: 0;`),C(`&:first-child >`,[T(`header`,`padding-top: 0;`)]),p(`left-arrow-placement`,[T(`header`,[E(`collapse-item-arrow`,`margin-right: 4px;`)])]),p(`right-arrow-placement`,[T(`header`,[E(`collapse-item-arrow`,`margin-left: 4px;`)])]),T(`content-wrapper`,[T(`content-inner`,`padding-top: 16px;`),z({duration:`0.15s`})]),p(`active`,[T(`header`,[p(`active`,[E(`collapse-item-arrow`,`transform: rotate(90deg);`)])])]),C(`&:not(:first-child)`,`border-top: 1px solid var(--n-divider-color);`),t(`disabled`,[p(`trigger-area-main`,[T(`header`,[T(`header-main`,`cursor: pointer;`),E(`collapse-item-arrow`,`cursor: default;`)])]),p(`trigger-area-arrow`,[T(`header`,[E(`collapse-item-arrow`,`cursor: pointer;`)])]),p(`trigger-area-extra`,[T(`header`,[T(`header-extra`,`cursor: pointer;`)])])]),T(`header`,`
 font-size: var(--n-title-font-size);
 display: flex;
 flex-wrap: nowrap;
 align-items: center;
 transition: color .3s var(--n-bezier);
 position: relative;
 padding: var(--n-title-padding);
 color: var(--n-title-text-color);
 `,[T(`header-main`,`
 display: flex;
 flex-wrap: nowrap;
 align-items: center;
 font-weight: var(--n-title-font-weight);
 transition: color .3s var(--n-bezier);
 flex: 1;
 color: var(--n-title-text-color);
 `),T(`header-extra`,`
 display: flex;
 align-items: center;
 transition: color .3s var(--n-bezier);
 color: var(--n-text-color);
 `),E(`collapse-item-arrow`,`
 display: flex;
 transition:
 transform .15s var(--n-bezier),
 color .3s var(--n-bezier);
 font-size: 18px;
 color: var(--n-arrow-color);
 `)])])]),W={...w.props,defaultExpandedNames:{type:[Array,String],default:null},expandedNames:[Array,String],arrowPlacement:{type:String,default:`left`},accordion:Boolean,displayDirective:{type:String,default:`if`},triggerAreas:{type:Array,default:()=>[`main`,`extra`,`arrow`]},onItemHeaderClick:[Function,Array],"onUpdate:expandedNames":[Function,Array],onUpdateExpandedNames:[Function,Array],onExpandedNamesChange:{type:[Function,Array],validator:()=>!0,default:void 0}},G=h(`n-collapse`),K=e({name:`Collapse`,props:W,slots:Object,setup(e,{slots:t}){let{mergedClsPrefixRef:n,inlineThemeDisabled:r,mergedRtlRef:a}=g(e),o=l(e.defaultExpandedNames),s=i(()=>e.expandedNames),c=B(s,o),u=w(`Collapse`,`-collapse`,U,R,e,n);function d(t){let{"onUpdate:expandedNames":n,onUpdateExpandedNames:r,onExpandedNamesChange:i}=e;r&&M(r,t),n&&M(n,t),i&&M(i,t),o.value=t}function p(t){let{onItemHeaderClick:n}=e;n&&M(n,t)}function m(t,n,r){let{accordion:i}=e,{value:a}=c;if(i)t?(d([n]),p({name:n,expanded:!0,event:r})):(d([]),p({name:n,expanded:!1,event:r}));else if(!Array.isArray(a))d([n]),p({name:n,expanded:!0,event:r});else{let e=a.slice(),t=e.findIndex(e=>n===e);~t?(e.splice(t,1),d(e),p({name:n,expanded:!1,event:r})):(e.push(n),d(e),p({name:n,expanded:!0,event:r}))}}y(G,{props:e,mergedClsPrefixRef:n,expandedNamesRef:c,slots:t,toggleItem:m});let h=O(`Collapse`,a,n),_=i(()=>{let{common:{cubicBezierEaseInOut:e},self:{titleFontWeight:t,dividerColor:n,titlePadding:r,titleTextColor:i,titleTextColorDisabled:a,textColor:o,arrowColor:s,fontSize:c,titleFontSize:l,arrowColorDisabled:d,itemMargin:f}}=u.value;return{"--n-font-size":c,"--n-bezier":e,"--n-text-color":o,"--n-divider-color":n,"--n-title-padding":r,"--n-title-font-size":l,"--n-title-text-color":i,"--n-title-text-color-disabled":a,"--n-title-font-weight":t,"--n-arrow-color":s,"--n-arrow-color-disabled":d,"--n-item-margin":f}}),v=r?f(`collapse`,void 0,_,e):void 0;return{rtlEnabled:h,mergedTheme:u,mergedClsPrefix:n,cssVars:r?void 0:_,themeClass:v?.themeClass,onRender:v?.onRender}},render(){return this.onRender?.(),x(),v(`div`,{class:u([`${this.mergedClsPrefix}-collapse`,this.rtlEnabled&&`${this.mergedClsPrefix}-collapse--rtl`,this.themeClass]),style:D(this.cssVars)},[a(()=>this.$slots.default?.())],6)}}),q=e({name:`CollapseItemContent`,props:{displayDirective:{type:String,required:!0},show:Boolean,clsPrefix:{type:String,required:!0}},setup(e){return{onceTrue:k(r(e,`show`))}},render(){return x(),S(F,null,{_:1,default:d(()=>{let{show:e,displayDirective:t,onceTrue:n,clsPrefix:r}=this,i=t===`show`&&n,c=(x(),v(`div`,{class:u(`${r}-collapse-item__content-wrapper`)},[o(`div`,{class:u(`${r}-collapse-item__content-inner`)},[a(()=>this.$slots.default?.())],2)],2));return i?m(c,[[s,e]]):e?c:null})})}}),J=[`onClick`],Y=[`onClick`],X=e({name:`CollapseItem`,props:{title:String,name:[String,Number],disabled:Boolean,displayDirective:String},setup(e){let{mergedRtlRef:t}=g(e),n=I(),a=N(()=>e.name??n),o=b(G);o||_(`collapse-item`,"`n-collapse-item` must be placed inside `n-collapse`.");let{expandedNamesRef:s,props:c,mergedClsPrefixRef:l,slots:u}=o,d=i(()=>{let{value:e}=s;if(Array.isArray(e)){let{value:t}=a;return!~e.findIndex(e=>e===t)}if(e){let{value:t}=a;return t!==e}return!0});return{rtlEnabled:O(`Collapse`,t,l),collapseSlots:u,randomName:n,mergedClsPrefix:l,collapsed:d,triggerAreas:r(c,`triggerAreas`),mergedDisplayDirective:i(()=>{let{displayDirective:t}=e;return t||c.displayDirective}),arrowPlacement:i(()=>c.arrowPlacement),handleClick(t){let n=`main`;V(t,`arrow`)&&(n=`arrow`),V(t,`extra`)&&(n=`extra`),c.triggerAreas.includes(n)&&o&&!e.disabled&&o.toggleItem(d.value,a.value,t)}}},render(){let{collapseSlots:e,$slots:t,arrowPlacement:r,collapsed:i,mergedDisplayDirective:s,mergedClsPrefix:c,disabled:l,triggerAreas:d}=this,f=j(t.header,{collapsed:i},()=>[this.title]),p=t[`header-extra`]||e[`header-extra`],m=t.arrow||e.arrow;return x(),v(`div`,{class:u([`${c}-collapse-item`,`${c}-collapse-item--${r}-arrow-placement`,l&&`${c}-collapse-item--disabled`,!i&&`${c}-collapse-item--active`,d.map(e=>`${c}-collapse-item--trigger-area-${e}`)])},[o(`div`,{class:u([`${c}-collapse-item__header`,!i&&`${c}-collapse-item__header--active`])},[o(`div`,{class:u(`${c}-collapse-item__header-main`),onClick:this.handleClick},[a(()=>r===`right`&&f),(x(),v(`div`,{class:u(`${c}-collapse-item-arrow`),key:+!this.rtlEnabled,"data-arrow":!0},[a(()=>j(m,{collapsed:i},()=>[(x(),S(P,{clsPrefix:c},{default:()=>this.rtlEnabled?(x(),S(H,{key:1})):(x(),S(L,{key:2}))},1032,[`clsPrefix`]))]))],2)),a(()=>r===`left`&&f)],10,Y),a(()=>A(p,{collapsed:i},e=>(x(),v(`div`,{class:u(`${c}-collapse-item__header-extra`),onClick:this.handleClick,"data-extra":!0},[a(()=>e)],10,J))))],2),(x(),S(q,{clsPrefix:c,displayDirective:s,show:!i},n(t),1032,[`clsPrefix`,`displayDirective`,`show`]))],2)}});export{K as n,X as t};