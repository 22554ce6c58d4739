import{$ as e,Bt as t,Cr as n,Ct as r,Dt as i,Fn as a,Gt as o,In as s,Jr as c,Jt as l,Mn as u,N as d,Pn as f,Pr as p,Rt as m,St as h,Vr as g,Vt as _,Wr as v,Y as y,Yn as b,ar as x,bt as S,d as C,dt as w,fr as T,ir as E,jn as D,o as O,ot as k,pr as A,qt as j,r as M,rr as N,sr as P,tt as F,ur as I,ut as L,v as R,wr as z,zt as B}from"./_plugin-vue_export-helper-DwV3C7qz.js";import{n as V}from"./Tag-CjI1p9aB.js";import{o as H}from"./Suffix-C3anGkvU.js";import{n as U,t as W}from"./ChevronRight-DrCd2M9Q.js";import{J as G,R as K,j as q}from"./index-5ayaQeka.js";var J=u(`collapse`,`width: 100%;`,[u(`collapse-item`,`
 font-size: var(--n-font-size);
 color: var(--n-text-color);
 transition:
 color .3s var(--n-bezier),
 border-color .3s var(--n-bezier);
 margin: var(--n-item-margin);
 `,[a(`disabled`,[f(`header`,`cursor: not-allowed;`,[f(`header-main`,`
 color: var(--n-title-text-color-disabled);
 `),u(`collapse-item-arrow`,`
 color: var(--n-arrow-color-disabled);
 `)])]),u(`collapse-item`,`margin-left: 32px;`),D(`&:first-child`,`margin-top: 0;`),D(`&:first-child >`,[f(`header`,`padding-top: 0;`)]),a(`left-arrow-placement`,[f(`header`,[u(`collapse-item-arrow`,`margin-right: 4px;`)])]),a(`right-arrow-placement`,[f(`header`,[u(`collapse-item-arrow`,`margin-left: 4px;`)])]),f(`content-wrapper`,[f(`content-inner`,`padding-top: 16px;`),G({duration:`0.15s`})]),a(`active`,[f(`header`,[a(`active`,[u(`collapse-item-arrow`,`transform: rotate(90deg);`)])])]),D(`&:not(:first-child)`,`border-top: 1px solid var(--n-divider-color);`),s(`disabled`,[a(`trigger-area-main`,[f(`header`,[f(`header-main`,`cursor: pointer;`),u(`collapse-item-arrow`,`cursor: default;`)])]),a(`trigger-area-arrow`,[f(`header`,[u(`collapse-item-arrow`,`cursor: pointer;`)])]),a(`trigger-area-extra`,[f(`header`,[f(`header-extra`,`cursor: pointer;`)])])]),f(`header`,`
 font-size: var(--n-title-font-size);
 display: flex;
 flex-wrap: nowrap;
 align-items: center;
 transition: color .3s var(--n-bezier);
 position: relative;
 padding: var(--n-title-padding);
 color: var(--n-title-text-color);
 `,[f(`header-main`,`
 display: flex;
 flex-wrap: nowrap;
 align-items: center;
 font-weight: var(--n-title-font-weight);
 transition: color .3s var(--n-bezier);
 flex: 1;
 color: var(--n-title-text-color);
 `),f(`header-extra`,`
 display: flex;
 align-items: center;
 transition: color .3s var(--n-bezier);
 color: var(--n-text-color);
 `),u(`collapse-item-arrow`,`
 display: flex;
 transition:
 transform .15s var(--n-bezier),
 color .3s var(--n-bezier);
 font-size: 18px;
 color: var(--n-arrow-color);
 `)])])]),Y={...h.props,defaultExpandedNames:{type:[Array,String],default:null},expandedNames:[Array,String],arrowPlacement:{type:String,default:`left`},accordion:Boolean,displayDirective:{type:String,default:`if`},triggerAreas:{type:Array,default:()=>[`main`,`extra`,`arrow`]},onItemHeaderClick:[Function,Array],"onUpdate:expandedNames":[Function,Array],onUpdateExpandedNames:[Function,Array],onExpandedNamesChange:{type:[Function,Array],validator:()=>!0,default:void 0}},X=j(`n-collapse`),Z=I({name:`Collapse`,props:Y,slots:Object,setup(e,{slots:t}){let{mergedClsPrefixRef:n,inlineThemeDisabled:i,mergedRtlRef:a}=o(e),s=g(e.defaultExpandedNames),c=N(()=>e.expandedNames),l=H(c,s),u=h(`Collapse`,`-collapse`,J,K,e,n);function d(t){let{"onUpdate:expandedNames":n,onUpdateExpandedNames:r,onExpandedNamesChange:i}=e;r&&k(r,t),n&&k(n,t),i&&k(i,t),s.value=t}function f(t){let{onItemHeaderClick:n}=e;n&&k(n,t)}function p(t,n,r){let{accordion:i}=e,{value:a}=l;if(i)t?(d([n]),f({name:n,expanded:!0,event:r})):(d([]),f({name:n,expanded:!1,event:r}));else if(!Array.isArray(a))d([n]),f({name:n,expanded:!0,event:r});else{let e=a.slice(),t=e.findIndex(e=>n===e);~t?(e.splice(t,1),d(e),f({name:n,expanded:!1,event:r})):(e.push(n),d(e),f({name:n,expanded:!0,event:r}))}}z(X,{props:e,mergedClsPrefixRef:n,expandedNamesRef:l,slots:t,toggleItem:p});let m=y(`Collapse`,a,n),_=N(()=>{let{common:{cubicBezierEaseInOut:e},self:{titleFontWeight:t,dividerColor:n,titlePadding:r,titleTextColor:i,titleTextColorDisabled:a,textColor:o,arrowColor:s,fontSize:c,titleFontSize:l,arrowColorDisabled:d,itemMargin:f}}=u.value;return{"--n-font-size":c,"--n-bezier":e,"--n-text-color":o,"--n-divider-color":n,"--n-title-padding":r,"--n-title-font-size":l,"--n-title-text-color":i,"--n-title-text-color-disabled":a,"--n-title-font-weight":t,"--n-arrow-color":s,"--n-arrow-color-disabled":d,"--n-item-margin":f}}),v=i?r(`collapse`,void 0,_,e):void 0;return{rtlEnabled:m,mergedTheme:u,mergedClsPrefix:n,cssVars:i?void 0:_,themeClass:v?.themeClass,onRender:v?.onRender}},render(){return this.onRender?.(),n(),P(`div`,{class:m([`${this.mergedClsPrefix}-collapse`,this.rtlEnabled&&`${this.mergedClsPrefix}-collapse--rtl`,this.themeClass]),style:c(this.cssVars)},[_(()=>this.$slots.default?.())],6)}}),Q=I({name:`CollapseItemContent`,props:{displayDirective:{type:String,required:!0},show:Boolean,clsPrefix:{type:String,required:!0}},setup(e){return{onceTrue:w(v(e,`show`))}},render(){return n(),x(d,null,{_:1,default:B(()=>{let{show:e,displayDirective:t,onceTrue:r,clsPrefix:i}=this,a=t===`show`&&r,o=(n(),P(`div`,{class:m(`${i}-collapse-item__content-wrapper`)},[E(`div`,{class:m(`${i}-collapse-item__content-inner`)},[_(()=>this.$slots.default?.())],2)],2));return a?p(o,[[b,e]]):e?o:null})})}}),$=[`onClick`],ee=[`onClick`],te=I({name:`CollapseItem`,props:{title:String,name:[String,Number],disabled:Boolean,displayDirective:String},setup(e){let{mergedRtlRef:t}=o(e),n=i(),r=L(()=>e.name??n),a=A(X);a||l(`collapse-item`,"`n-collapse-item` must be placed inside `n-collapse`.");let{expandedNamesRef:s,props:c,mergedClsPrefixRef:u,slots:d}=a,f=N(()=>{let{value:e}=s;if(Array.isArray(e)){let{value:t}=r;return!~e.findIndex(e=>e===t)}if(e){let{value:t}=r;return t!==e}return!0});return{rtlEnabled:y(`Collapse`,t,u),collapseSlots:d,randomName:n,mergedClsPrefix:u,collapsed:f,triggerAreas:v(c,`triggerAreas`),mergedDisplayDirective:N(()=>{let{displayDirective:t}=e;return t||c.displayDirective}),arrowPlacement:N(()=>c.arrowPlacement),handleClick(t){let n=`main`;V(t,`arrow`)&&(n=`arrow`),V(t,`extra`)&&(n=`extra`),c.triggerAreas.includes(n)&&a&&!e.disabled&&a.toggleItem(f.value,r.value,t)}}},render(){let{collapseSlots:r,$slots:i,arrowPlacement:a,collapsed:o,mergedDisplayDirective:s,mergedClsPrefix:c,disabled:l,triggerAreas:u}=this,d=e(i.header,{collapsed:o},()=>[this.title]),f=i[`header-extra`]||r[`header-extra`],p=i.arrow||r.arrow;return n(),P(`div`,{class:m([`${c}-collapse-item`,`${c}-collapse-item--${a}-arrow-placement`,l&&`${c}-collapse-item--disabled`,!o&&`${c}-collapse-item--active`,u.map(e=>`${c}-collapse-item--trigger-area-${e}`)])},[E(`div`,{class:m([`${c}-collapse-item__header`,!o&&`${c}-collapse-item__header--active`])},[E(`div`,{class:m(`${c}-collapse-item__header-main`),onClick:this.handleClick},[_(()=>a===`right`&&d),(n(),P(`div`,{class:m(`${c}-collapse-item-arrow`),key:+!this.rtlEnabled,"data-arrow":!0},[_(()=>e(p,{collapsed:o},()=>[(n(),x(S,{clsPrefix:c},{default:()=>this.rtlEnabled?(n(),x(U,{key:1})):(n(),x(W,{key:2}))},1032,[`clsPrefix`]))]))],2)),_(()=>a===`left`&&d)],10,ee),_(()=>F(f,{collapsed:o},e=>(n(),P(`div`,{class:m(`${c}-collapse-item__header-extra`),onClick:this.handleClick,"data-extra":!0},[_(()=>e)],10,$))))],2),(n(),x(Q,{clsPrefix:c,displayDirective:s,show:!o},t(i),1032,[`clsPrefix`,`displayDirective`,`show`]))],2)}}),ne=12;async function re(e){for(let t of[...e].reverse())await O.POST(`/api/bin/{item_id}/restore`,{params:{path:{item_id:t}}})}function ie(){let e=q(),{t}=C(),{show:n}=M();return(r,i,a)=>{let o=()=>{s.destroy(),re(i).then(a).catch(n)},s=e.info(()=>T(`span`,{class:`binned`},[r,` `,T(R,{size:`tiny`,onClick:o},()=>t(`common.undo`))]),{duration:ne*1e3,closable:!0})}}export{te as n,Z as r,ie as t};