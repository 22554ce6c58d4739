import{$t as e,B as t,D as n,Dt as r,Gn as i,H as a,O as o,Ot as s,Qt as c,R as l,Rn as u,Tt as d,Ut as f,V as p,Vn as m,X as h,Y as g,Zt as _,an as v,bn as y,cn as b,jn as x,kt as S,q as C,tn as w,wt as T,yn as E,z as D}from"./failure-DdhVUdvy.js";import{D as O,H as k,N as A,R as j,V as M,Z as N,et as P,f as F,j as I}from"./Button-5vQ51-9u.js";import{t as L}from"./ChevronRight-Bf7PL66H.js";import{U as R,tt as z}from"./index-DU_01afT.js";import{t as B}from"./use-merged-state-C3-zl2cW.js";import{t as V}from"./happens-in-D4nrdV77.js";var H=v({name:`ChevronLeft`,render(){return(()=>{let e=l(`dfe229c2639b2082`);return e[0]||=c(`svg`,{viewBox:`0 0 16 16`,fill:`none`,xmlns:`http://www.w3.org/2000/svg`},[c(`path`,{d:`M10.3536 3.14645C10.5488 3.34171 10.5488 3.65829 10.3536 3.85355L6.20711 8L10.3536 12.1464C10.5488 12.3417 10.5488 12.6583 10.3536 12.8536C10.1583 13.0488 9.84171 13.0488 9.64645 12.8536L5.14645 8.35355C4.95118 8.15829 4.95118 7.84171 5.14645 7.64645L9.64645 3.14645C9.84171 2.95118 10.1583 2.95118 10.3536 3.14645Z`,fill:`currentColor`})],-1)})()}}),U=d(`collapse`,`width: 100%;`,[d(`collapse-item`,`
 font-size: var(--n-font-size);
 color: var(--n-text-color);
 transition:
 color .3s var(--n-bezier),
 border-color .3s var(--n-bezier);
 margin: var(--n-item-margin);
 `,[s(`disabled`,[r(`header`,`cursor: not-allowed;`,[r(`header-main`,`
 color: var(--n-title-text-color-disabled);
 `),d(`collapse-item-arrow`,`
 color: var(--n-arrow-color-disabled);
 `)])]),d(`collapse-item`,`margin-left: 32px;`),T(`&:first-child`,`margin-top: 0;`),T(`&:first-child >`,[r(`header`,`padding-top: 0;`)]),s(`left-arrow-placement`,[r(`header`,[d(`collapse-item-arrow`,`margin-right: 4px;`)])]),s(`right-arrow-placement`,[r(`header`,[d(`collapse-item-arrow`,`margin-left: 4px;`)])]),r(`content-wrapper`,[r(`content-inner`,`padding-top: 16px;`),z({duration:`0.15s`})]),s(`active`,[r(`header`,[s(`active`,[d(`collapse-item-arrow`,`transform: rotate(90deg);`)])])]),T(`&:not(:first-child)`,`border-top: 1px solid var(--n-divider-color);`),S(`disabled`,[s(`trigger-area-main`,[r(`header`,[r(`header-main`,`cursor: pointer;`),d(`collapse-item-arrow`,`cursor: default;`)])]),s(`trigger-area-arrow`,[r(`header`,[d(`collapse-item-arrow`,`cursor: pointer;`)])]),s(`trigger-area-extra`,[r(`header`,[r(`header-extra`,`cursor: pointer;`)])])]),r(`header`,`
 font-size: var(--n-title-font-size);
 display: flex;
 flex-wrap: nowrap;
 align-items: center;
 transition: color .3s var(--n-bezier);
 position: relative;
 padding: var(--n-title-padding);
 color: var(--n-title-text-color);
 `,[r(`header-main`,`
 display: flex;
 flex-wrap: nowrap;
 align-items: center;
 font-weight: var(--n-title-font-weight);
 transition: color .3s var(--n-bezier);
 flex: 1;
 color: var(--n-title-text-color);
 `),r(`header-extra`,`
 display: flex;
 align-items: center;
 transition: color .3s var(--n-bezier);
 color: var(--n-text-color);
 `),d(`collapse-item-arrow`,`
 display: flex;
 transition:
 transform .15s var(--n-bezier),
 color .3s var(--n-bezier);
 font-size: 18px;
 color: var(--n-arrow-color);
 `)])])]),W={...n.props,defaultExpandedNames:{type:[Array,String],default:null},expandedNames:[Array,String],arrowPlacement:{type:String,default:`left`},accordion:Boolean,displayDirective:{type:String,default:`if`},triggerAreas:{type:Array,default:()=>[`main`,`extra`,`arrow`]},onItemHeaderClick:[Function,Array],"onUpdate:expandedNames":[Function,Array],onUpdateExpandedNames:[Function,Array],onExpandedNamesChange:{type:[Function,Array],validator:()=>!0,default:void 0}},G=g(`n-collapse`),K=v({name:`Collapse`,props:W,slots:Object,setup(e,{slots:t}){let{mergedClsPrefixRef:r,inlineThemeDisabled:i,mergedRtlRef:a}=C(e),s=u(e.defaultExpandedNames),c=_(()=>e.expandedNames),l=B(c,s),d=n(`Collapse`,`-collapse`,U,R,e,r);function f(t){let{"onUpdate:expandedNames":n,onUpdateExpandedNames:r,onExpandedNamesChange:i}=e;r&&j(r,t),n&&j(n,t),i&&j(i,t),s.value=t}function p(t){let{onItemHeaderClick:n}=e;n&&j(n,t)}function m(t,n,r){let{accordion:i}=e,{value:a}=l;if(i)t?(f([n]),p({name:n,expanded:!0,event:r})):(f([]),p({name:n,expanded:!1,event:r}));else if(!Array.isArray(a))f([n]),p({name:n,expanded:!0,event:r});else{let e=a.slice(),t=e.findIndex(e=>n===e);~t?(e.splice(t,1),f(e),p({name:n,expanded:!1,event:r})):(e.push(n),f(e),p({name:n,expanded:!0,event:r}))}}y(G,{props:e,mergedClsPrefixRef:r,expandedNamesRef:l,slots:t,toggleItem:m});let h=O(`Collapse`,a,r),g=_(()=>{let{common:{cubicBezierEaseInOut:e},self:{titleFontWeight:t,dividerColor:n,titlePadding:r,titleTextColor:i,titleTextColorDisabled:a,textColor:o,arrowColor:s,fontSize:c,titleFontSize:l,arrowColorDisabled:u,itemMargin:f}}=d.value;return{"--n-font-size":c,"--n-bezier":e,"--n-text-color":o,"--n-divider-color":n,"--n-title-padding":r,"--n-title-font-size":l,"--n-title-text-color":i,"--n-title-text-color-disabled":a,"--n-title-font-weight":t,"--n-arrow-color":s,"--n-arrow-color-disabled":u,"--n-item-margin":f}}),v=i?o(`collapse`,void 0,g,e):void 0;return{rtlEnabled:h,mergedTheme:d,mergedClsPrefix:r,cssVars:i?void 0:g,themeClass:v?.themeClass,onRender:v?.onRender}},render(){return this.onRender?.(),E(),w(`div`,{class:D([`${this.mergedClsPrefix}-collapse`,this.rtlEnabled&&`${this.mergedClsPrefix}-collapse--rtl`,this.themeClass]),style:i(this.cssVars)},[a(()=>this.$slots.default?.())],6)}}),q=v({name:`CollapseItemContent`,props:{displayDirective:{type:String,required:!0},show:Boolean,clsPrefix:{type:String,required:!0}},setup(e){return{onceTrue:k(m(e,`show`))}},render(){return E(),e(F,null,{_:1,default:t(()=>{let{show:e,displayDirective:t,onceTrue:n,clsPrefix:r}=this,i=t===`show`&&n,o=(E(),w(`div`,{class:D(`${r}-collapse-item__content-wrapper`)},[c(`div`,{class:D(`${r}-collapse-item__content-inner`)},[a(()=>this.$slots.default?.())],2)],2));return i?x(o,[[f,e]]):e?o:null})})}}),J=[`onClick`],Y=[`onClick`],X=v({name:`CollapseItem`,props:{title:String,name:[String,Number],disabled:Boolean,displayDirective:String},setup(e){let{mergedRtlRef:t}=C(e),n=P(),r=M(()=>e.name??n),i=b(G);i||h(`collapse-item`,"`n-collapse-item` must be placed inside `n-collapse`.");let{expandedNamesRef:a,props:o,mergedClsPrefixRef:s,slots:c}=i,l=_(()=>{let{value:e}=a;if(Array.isArray(e)){let{value:t}=r;return!~e.findIndex(e=>e===t)}if(e){let{value:t}=r;return t!==e}return!0});return{rtlEnabled:O(`Collapse`,t,s),collapseSlots:c,randomName:n,mergedClsPrefix:s,collapsed:l,triggerAreas:m(o,`triggerAreas`),mergedDisplayDirective:_(()=>{let{displayDirective:t}=e;return t||o.displayDirective}),arrowPlacement:_(()=>o.arrowPlacement),handleClick(t){let n=`main`;V(t,`arrow`)&&(n=`arrow`),V(t,`extra`)&&(n=`extra`),o.triggerAreas.includes(n)&&i&&!e.disabled&&i.toggleItem(l.value,r.value,t)}}},render(){let{collapseSlots:t,$slots:n,arrowPlacement:r,collapsed:i,mergedDisplayDirective:o,mergedClsPrefix:s,disabled:l,triggerAreas:u}=this,d=I(n.header,{collapsed:i},()=>[this.title]),f=n[`header-extra`]||t[`header-extra`],m=n.arrow||t.arrow;return E(),w(`div`,{class:D([`${s}-collapse-item`,`${s}-collapse-item--${r}-arrow-placement`,l&&`${s}-collapse-item--disabled`,!i&&`${s}-collapse-item--active`,u.map(e=>`${s}-collapse-item--trigger-area-${e}`)])},[c(`div`,{class:D([`${s}-collapse-item__header`,!i&&`${s}-collapse-item__header--active`])},[c(`div`,{class:D(`${s}-collapse-item__header-main`),onClick:this.handleClick},[a(()=>r===`right`&&d),(E(),w(`div`,{class:D(`${s}-collapse-item-arrow`),key:+!this.rtlEnabled,"data-arrow":!0},[a(()=>I(m,{collapsed:i},()=>[(E(),e(N,{clsPrefix:s},{default:()=>this.rtlEnabled?(E(),e(H,{key:1})):(E(),e(L,{key:2}))},1032,[`clsPrefix`]))]))],2)),a(()=>r===`left`&&d)],10,Y),a(()=>A(f,{collapsed:i},e=>(E(),w(`div`,{class:D(`${s}-collapse-item__header-extra`),onClick:this.handleClick,"data-extra":!0},[a(()=>e)],10,J))))],2),(E(),e(q,{clsPrefix:s,displayDirective:o,show:!i},p(n),1032,[`clsPrefix`,`displayDirective`,`show`]))],2)}});export{K as n,X as t};