import{$t as e,Ct as t,F as n,Gt as r,I as i,Kt as a,Lt as o,M as s,N as c,P as l,Pn as u,Rn as d,S as f,St as p,U as m,V as h,W as g,Yt as _,jn as v,mn as y,nn as b,pn as x,qt as S,vt as C,wn as w,x as T,xt as E,yt as D}from"./_plugin-vue_export-helper-nX_YewPX.js";import{A as O,G as k,I as A,P as j,V as M,W as N,et as P,h as F,rt as I}from"./i18n-7fhTEx4s.js";import{t as L}from"./ChevronRight-BcTfWhHB.js";import{W as R,nt as z}from"./index-DhzwMCm2.js";import{t as B}from"./use-merged-state-Cvl8sWHP.js";import{t as V}from"./happens-in-D4nrdV77.js";var H=e({name:`ChevronLeft`,render(){return(()=>{let e=s(`dfe229c2639b2082`);return e[0]||=a(`svg`,{viewBox:`0 0 16 16`,fill:`none`,xmlns:`http://www.w3.org/2000/svg`},[a(`path`,{d:`M10.3536 3.14645C10.5488 3.34171 10.5488 3.65829 10.3536 3.85355L6.20711 8L10.3536 12.1464C10.5488 12.3417 10.5488 12.6583 10.3536 12.8536C10.1583 13.0488 9.84171 13.0488 9.64645 12.8536L5.14645 8.35355C4.95118 8.15829 4.95118 7.84171 5.14645 7.64645L9.64645 3.14645C9.84171 2.95118 10.1583 2.95118 10.3536 3.14645Z`,fill:`currentColor`})],-1)})()}}),U=D(`collapse`,`width: 100%;`,[D(`collapse-item`,`
 font-size: var(--n-font-size);
 color: var(--n-text-color);
 transition:
 color .3s var(--n-bezier),
 border-color .3s var(--n-bezier);
 margin: var(--n-item-margin);
 `,[p(`disabled`,[E(`header`,`cursor: not-allowed;`,[E(`header-main`,`
 color: var(--n-title-text-color-disabled);
 `),D(`collapse-item-arrow`,`
 color: var(--n-arrow-color-disabled);
 `)])]),D(`collapse-item`,`margin-left: 32px;`),C(`&:first-child`,`margin-top: 0;`),C(`&:first-child >`,[E(`header`,`padding-top: 0;`)]),p(`left-arrow-placement`,[E(`header`,[D(`collapse-item-arrow`,`margin-right: 4px;`)])]),p(`right-arrow-placement`,[E(`header`,[D(`collapse-item-arrow`,`margin-left: 4px;`)])]),E(`content-wrapper`,[E(`content-inner`,`padding-top: 16px;`),z({duration:`0.15s`})]),p(`active`,[E(`header`,[p(`active`,[D(`collapse-item-arrow`,`transform: rotate(90deg);`)])])]),C(`&:not(:first-child)`,`border-top: 1px solid var(--n-divider-color);`),t(`disabled`,[p(`trigger-area-main`,[E(`header`,[E(`header-main`,`cursor: pointer;`),D(`collapse-item-arrow`,`cursor: default;`)])]),p(`trigger-area-arrow`,[E(`header`,[D(`collapse-item-arrow`,`cursor: pointer;`)])]),p(`trigger-area-extra`,[E(`header`,[E(`header-extra`,`cursor: pointer;`)])])]),E(`header`,`
 font-size: var(--n-title-font-size);
 display: flex;
 flex-wrap: nowrap;
 align-items: center;
 transition: color .3s var(--n-bezier);
 position: relative;
 padding: var(--n-title-padding);
 color: var(--n-title-text-color);
 `,[E(`header-main`,`
 display: flex;
 flex-wrap: nowrap;
 align-items: center;
 font-weight: var(--n-title-font-weight);
 transition: color .3s var(--n-bezier);
 flex: 1;
 color: var(--n-title-text-color);
 `),E(`header-extra`,`
 display: flex;
 align-items: center;
 transition: color .3s var(--n-bezier);
 color: var(--n-text-color);
 `),D(`collapse-item-arrow`,`
 display: flex;
 transition:
 transform .15s var(--n-bezier),
 color .3s var(--n-bezier);
 font-size: 18px;
 color: var(--n-arrow-color);
 `)])])]),W={...T.props,defaultExpandedNames:{type:[Array,String],default:null},expandedNames:[Array,String],arrowPlacement:{type:String,default:`left`},accordion:Boolean,displayDirective:{type:String,default:`if`},triggerAreas:{type:Array,default:()=>[`main`,`extra`,`arrow`]},onItemHeaderClick:[Function,Array],"onUpdate:expandedNames":[Function,Array],onUpdateExpandedNames:[Function,Array],onExpandedNamesChange:{type:[Function,Array],validator:()=>!0,default:void 0}},G=m(`n-collapse`),K=e({name:`Collapse`,props:W,slots:Object,setup(e,{slots:t}){let{mergedClsPrefixRef:n,inlineThemeDisabled:i,mergedRtlRef:a}=h(e),o=v(e.defaultExpandedNames),s=r(()=>e.expandedNames),c=B(s,o),l=T(`Collapse`,`-collapse`,U,R,e,n);function u(t){let{"onUpdate:expandedNames":n,onUpdateExpandedNames:r,onExpandedNamesChange:i}=e;r&&M(r,t),n&&M(n,t),i&&M(i,t),o.value=t}function d(t){let{onItemHeaderClick:n}=e;n&&M(n,t)}function p(t,n,r){let{accordion:i}=e,{value:a}=c;if(i)t?(u([n]),d({name:n,expanded:!0,event:r})):(u([]),d({name:n,expanded:!1,event:r}));else if(!Array.isArray(a))u([n]),d({name:n,expanded:!0,event:r});else{let e=a.slice(),t=e.findIndex(e=>n===e);~t?(e.splice(t,1),u(e),d({name:n,expanded:!1,event:r})):(e.push(n),u(e),d({name:n,expanded:!0,event:r}))}}y(G,{props:e,mergedClsPrefixRef:n,expandedNamesRef:c,slots:t,toggleItem:p});let m=O(`Collapse`,a,n),g=r(()=>{let{common:{cubicBezierEaseInOut:e},self:{titleFontWeight:t,dividerColor:n,titlePadding:r,titleTextColor:i,titleTextColorDisabled:a,textColor:o,arrowColor:s,fontSize:c,titleFontSize:u,arrowColorDisabled:d,itemMargin:f}}=l.value;return{"--n-font-size":c,"--n-bezier":e,"--n-text-color":o,"--n-divider-color":n,"--n-title-padding":r,"--n-title-font-size":u,"--n-title-text-color":i,"--n-title-text-color-disabled":a,"--n-title-font-weight":t,"--n-arrow-color":s,"--n-arrow-color-disabled":d,"--n-item-margin":f}}),_=i?f(`collapse`,void 0,g,e):void 0;return{rtlEnabled:m,mergedTheme:l,mergedClsPrefix:n,cssVars:i?void 0:g,themeClass:_?.themeClass,onRender:_?.onRender}},render(){return this.onRender?.(),x(),_(`div`,{class:c([`${this.mergedClsPrefix}-collapse`,this.rtlEnabled&&`${this.mergedClsPrefix}-collapse--rtl`,this.themeClass]),style:d(this.cssVars)},[i(()=>this.$slots.default?.())],6)}}),q=e({name:`CollapseItemContent`,props:{displayDirective:{type:String,required:!0},show:Boolean,clsPrefix:{type:String,required:!0}},setup(e){return{onceTrue:k(u(e,`show`))}},render(){return x(),S(F,null,{_:1,default:l(()=>{let{show:e,displayDirective:t,onceTrue:n,clsPrefix:r}=this,s=t===`show`&&n,l=(x(),_(`div`,{class:c(`${r}-collapse-item__content-wrapper`)},[a(`div`,{class:c(`${r}-collapse-item__content-inner`)},[i(()=>this.$slots.default?.())],2)],2));return s?w(l,[[o,e]]):e?l:null})})}}),J=[`onClick`],Y=[`onClick`],X=e({name:`CollapseItem`,props:{title:String,name:[String,Number],disabled:Boolean,displayDirective:String},setup(e){let{mergedRtlRef:t}=h(e),n=I(),i=N(()=>e.name??n),a=b(G);a||g(`collapse-item`,"`n-collapse-item` must be placed inside `n-collapse`.");let{expandedNamesRef:o,props:s,mergedClsPrefixRef:c,slots:l}=a,d=r(()=>{let{value:e}=o;if(Array.isArray(e)){let{value:t}=i;return!~e.findIndex(e=>e===t)}if(e){let{value:t}=i;return t!==e}return!0});return{rtlEnabled:O(`Collapse`,t,c),collapseSlots:l,randomName:n,mergedClsPrefix:c,collapsed:d,triggerAreas:u(s,`triggerAreas`),mergedDisplayDirective:r(()=>{let{displayDirective:t}=e;return t||s.displayDirective}),arrowPlacement:r(()=>s.arrowPlacement),handleClick(t){let n=`main`;V(t,`arrow`)&&(n=`arrow`),V(t,`extra`)&&(n=`extra`),s.triggerAreas.includes(n)&&a&&!e.disabled&&a.toggleItem(d.value,i.value,t)}}},render(){let{collapseSlots:e,$slots:t,arrowPlacement:r,collapsed:o,mergedDisplayDirective:s,mergedClsPrefix:l,disabled:u,triggerAreas:d}=this,f=j(t.header,{collapsed:o},()=>[this.title]),p=t[`header-extra`]||e[`header-extra`],m=t.arrow||e.arrow;return x(),_(`div`,{class:c([`${l}-collapse-item`,`${l}-collapse-item--${r}-arrow-placement`,u&&`${l}-collapse-item--disabled`,!o&&`${l}-collapse-item--active`,d.map(e=>`${l}-collapse-item--trigger-area-${e}`)])},[a(`div`,{class:c([`${l}-collapse-item__header`,!o&&`${l}-collapse-item__header--active`])},[a(`div`,{class:c(`${l}-collapse-item__header-main`),onClick:this.handleClick},[i(()=>r===`right`&&f),(x(),_(`div`,{class:c(`${l}-collapse-item-arrow`),key:+!this.rtlEnabled,"data-arrow":!0},[i(()=>j(m,{collapsed:o},()=>[(x(),S(P,{clsPrefix:l},{default:()=>this.rtlEnabled?(x(),S(H,{key:1})):(x(),S(L,{key:2}))},1032,[`clsPrefix`]))]))],2)),i(()=>r===`left`&&f)],10,Y),i(()=>A(p,{collapsed:o},e=>(x(),_(`div`,{class:c(`${l}-collapse-item__header-extra`),onClick:this.handleClick,"data-extra":!0},[i(()=>e)],10,J))))],2),(x(),S(q,{clsPrefix:l,displayDirective:s,show:!o},n(t),1032,[`clsPrefix`,`displayDirective`,`show`]))],2)}});export{K as n,X as t};