import{$t as e,An as t,D as n,Dt as r,En as i,Gn as a,H as o,Kn as s,O as c,On as l,Ot as u,Qt as d,Rn as f,Tt as p,U as m,Un as h,Vn as g,Wt as ee,Y as _,Zt as v,_n as y,an as b,bn as x,cn as S,en as C,h as w,i as T,l as E,nn as D,o as O,q as k,qt as A,rn as j,sn as M,tn as N,u as P,un as F,vn as I,wt as L,xn as R,yn as z,z as B}from"./failure-DdhVUdvy.js";import{A as te,l as ne,t as V}from"./Button-5vQ51-9u.js";import{t as H}from"./Input-Dx4D-NZQ.js";import{Y as U,n as W,s as G}from"./index-DU_01afT.js";import{t as K}from"./Spin-DISRS9bt.js";import{t as q}from"./VirtualList-CyptHBgo.js";import{t as J}from"./TitledModal-B8WsLs9P.js";var Y=p(`input-group`,`
 display: inline-flex;
 width: 100%;
 flex-wrap: nowrap;
 vertical-align: bottom;
`,[L(`>`,[p(`input`,[L(`&:not(:last-child)`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `),L(`&:not(:first-child)`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 margin-left: -1px!important;
 `)]),p(`button`,[L(`&:not(:last-child)`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `,[r(`state-border, border`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `)]),L(`&:not(:first-child)`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `,[r(`state-border, border`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `)])]),L(`*`,[L(`&:not(:last-child)`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `,[L(`>`,[p(`input`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `),p(`base-selection`,[p(`base-selection-label`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `),p(`base-selection-tags`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `),r(`box-shadow, border, state-border`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `)])])]),L(`&:not(:first-child)`,`
 margin-left: -1px!important;
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `,[L(`>`,[p(`input`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `),p(`base-selection`,[p(`base-selection-label`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `),p(`base-selection-tags`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `),r(`box-shadow, border, state-border`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `)])])])])])]),X=b({name:`InputGroup`,props:{},setup(e){let{mergedClsPrefixRef:t}=k(e);return m(`-input-group`,Y,t),{mergedClsPrefix:t}},render(){let{mergedClsPrefix:e}=this;return z(),N(`div`,{class:B(`${e}-input-group`)},[o(()=>this.$slots.default?.())],2)}}),re=p(`breadcrumb`,`
 white-space: nowrap;
 cursor: default;
 line-height: var(--n-item-line-height);
`,[L(`ul`,`
 list-style: none;
 padding: 0;
 margin: 0;
 `),L(`a`,`
 color: inherit;
 text-decoration: inherit;
 `),p(`breadcrumb-item`,`
 font-size: var(--n-font-size);
 transition: color .3s var(--n-bezier);
 display: inline-flex;
 align-items: center;
 `,[p(`icon`,`
 font-size: 18px;
 vertical-align: -.2em;
 transition: color .3s var(--n-bezier);
 color: var(--n-item-text-color);
 `),L(`&:not(:last-child)`,[u(`clickable`,[r(`link`,`
 cursor: pointer;
 `,[L(`&:hover`,`
 background-color: var(--n-item-color-hover);
 `),L(`&:active`,`
 background-color: var(--n-item-color-pressed); 
 `)])])]),r(`link`,`
 padding: 4px;
 border-radius: var(--n-item-border-radius);
 transition:
 background-color .3s var(--n-bezier),
 color .3s var(--n-bezier);
 color: var(--n-item-text-color);
 position: relative;
 `,[L(`&:hover`,`
 color: var(--n-item-text-color-hover);
 `,[p(`icon`,`
 color: var(--n-item-text-color-hover);
 `)]),L(`&:active`,`
 color: var(--n-item-text-color-pressed);
 `,[p(`icon`,`
 color: var(--n-item-text-color-pressed);
 `)])]),r(`separator`,`
 margin: 0 8px;
 color: var(--n-separator-color);
 transition: color .3s var(--n-bezier);
 user-select: none;
 -webkit-user-select: none;
 `),L(`&:last-child`,[r(`link`,`
 font-weight: var(--n-font-weight-active);
 cursor: unset;
 color: var(--n-item-text-color-active);
 `,[p(`icon`,`
 color: var(--n-item-text-color-active);
 `)]),r(`separator`,`
 display: none;
 `)])])]),Z=_(`n-breadcrumb`),ie={...n.props,separator:{type:String,default:`/`}},ae=b({name:`Breadcrumb`,props:ie,setup(e){let{mergedClsPrefixRef:t,inlineThemeDisabled:r}=k(e),i=n(`Breadcrumb`,`-breadcrumb`,re,U,e,t);x(Z,{separatorRef:g(e,`separator`),mergedClsPrefixRef:t});let a=v(()=>{let{common:{cubicBezierEaseInOut:e},self:{separatorColor:t,itemTextColor:n,itemTextColorHover:r,itemTextColorPressed:a,itemTextColorActive:o,fontSize:s,fontWeightActive:c,itemBorderRadius:l,itemColorHover:u,itemColorPressed:d,itemLineHeight:f}}=i.value;return{"--n-font-size":s,"--n-bezier":e,"--n-item-text-color":n,"--n-item-text-color-hover":r,"--n-item-text-color-pressed":a,"--n-item-text-color-active":o,"--n-separator-color":t,"--n-item-color-hover":u,"--n-item-color-pressed":d,"--n-item-border-radius":l,"--n-font-weight-active":c,"--n-item-line-height":f}}),o=r?c(`breadcrumb`,void 0,a,e):void 0;return{mergedClsPrefix:t,cssVars:r?void 0:a,themeClass:o?.themeClass,onRender:o?.onRender}},render(){return this.onRender?.(),z(),N(`nav`,{class:B([`${this.mergedClsPrefix}-breadcrumb`,this.themeClass]),style:a(this.cssVars),"aria-label":`Breadcrumb`},[d(`ul`,null,[o(()=>this.$slots.default?.())])],6)}});function oe(e=ne?window:null){let t=()=>{let{hash:t,host:n,hostname:r,href:i,origin:a,pathname:o,port:s,protocol:c,search:l}=e?.location||{};return{hash:t,host:n,hostname:r,href:i,origin:a,pathname:o,port:s,protocol:c,search:l}},n=f(t()),r=()=>{n.value=t()};return y(()=>{e&&(e.addEventListener(`popstate`,r),e.addEventListener(`hashchange`,r))}),I(()=>{e&&(e.removeEventListener(`popstate`,r),e.removeEventListener(`hashchange`,r))}),n}var Q=b({name:`BreadcrumbItem`,props:{separator:String,href:String,clickable:{type:Boolean,default:!0},showSeparator:{type:Boolean,default:!0},onClick:Function},slots:Object,setup(e,{slots:t}){let n=S(Z,null);if(!n)return()=>null;let{separatorRef:r,mergedClsPrefixRef:i}=n,a=oe(),s=v(()=>e.href?`a`:`span`),c=v(()=>a.value.href===e.href?`location`:null);return()=>{let{value:n}=i;return z(),N(`li`,{class:B([`${n}-breadcrumb-item`,e.clickable&&`${n}-breadcrumb-item--clickable`])},[o(()=>M(s.value,{class:`${n}-breadcrumb-item__link`,"aria-current":c.value,href:e.href,onClick:e.onClick},t)),o(()=>e.showSeparator&&(z(),N(`span`,{class:B(`${n}-breadcrumb-item__separator`),"aria-hidden":`true`},[o(()=>te(t.separator,()=>[e.separator??r.value]))],2)))],2)}}}),se={class:`bar`},ce={key:1},le={key:0,class:`none`},ue={class:`row`},de=[`onClick`],fe={"aria-hidden":`true`},pe={class:`text`},$={class:`numbers meta`},me={class:`numbers meta date`},he={key:0,class:`none`},ge={class:`foot`},_e=O(b({__name:`PathBrowser`,props:F({kind:{default:`file`},start:{default:``}},{shown:{type:Boolean,required:!0},shownModifiers:{}}),emits:F([`choose`],[`update:shown`]),setup(n,{emit:r}){let a=n,o=i(n,`shown`),c=r,{t:u}=w(),{show:p}=T(),m=f(null),g=f(!1),_=f(``),y=f(``),b=v(()=>a.kind===`folder`||a.kind===`new`),x=v(()=>({file:`any`,folder:`folder`,new:`folder`,model:`model`})[a.kind]),S=v(()=>{let e=_.value.trim().toLowerCase();return(m.value?.entries??[]).filter(t=>t.name.toLowerCase().includes(e))}),O=v(()=>{let e=m.value?.path??``,t=e.includes(`\\`)?`\\`:`/`,n=e.split(t);return n.map((e,r)=>({name:e||t,path:n.slice(0,r+1).join(t)||t})).slice(+!!e.startsWith(t))});async function k(e){g.value=!0;try{m.value=await P(E.GET(`/api/files`,{params:{query:{path:e,kind:x.value}}})),_.value=``}finally{g.value=!1}}async function M(){let e=a.start.replace(/[\\/][^\\/]*$/,``);for(let t of[a.start,e,``])try{return await k(t)}catch(e){t||p(e)}}l(o,e=>e&&M(),{immediate:!0});function F(e){o.value=!1,c(`choose`,e)}function I(e){e.is_folder?k(e.path).catch(p):F(e.path)}async function L(){try{let e=`${m.value?.path??``}/${y.value.trim()}`,t=await P(E.POST(`/api/files/folder`,{body:{path:e}}));y.value=``,await k(t.path)}catch(e){p(e)}}return(r,i)=>(z(),e(J,{shown:o.value,"onUpdate:shown":i[6]||=e=>o.value=e,title:h(u)(`parts.choose_${n.kind}`),width:760},{default:t(()=>[d(`div`,se,[j(h(V),{size:`small`,disabled:!m.value?.path,onClick:i[0]||=e=>k(m.value?.parent??``)},{default:t(()=>[D(s(h(u)(`parts.up`)),1)]),_:1},8,[`disabled`]),m.value?.path?(z(),e(h(ae),{key:0},{default:t(()=>[j(h(Q),{onClick:i[1]||=e=>k(``)},{default:t(()=>[D(s(h(u)(`parts.roots`)),1)]),_:1}),(z(!0),N(A,null,R(O.value,n=>(z(),e(h(Q),{key:n.path,onClick:e=>k(n.path).catch(h(p))},{default:t(()=>[D(s(n.name),1)]),_:2},1032,[`onClick`]))),128))]),_:1})):(z(),N(`span`,ce,s(h(u)(`parts.roots_hint`)),1))]),j(h(H),{value:_.value,"onUpdate:value":i[2]||=e=>_.value=e,size:`small`,clearable:``,placeholder:h(u)(`parts.filter`),"input-props":{"aria-label":h(u)(`parts.filter`)}},null,8,[`value`,`placeholder`,`input-props`]),j(h(K),{show:g.value},{default:t(()=>[S.value.length?(z(),e(h(q),{key:1,class:`list`,items:S.value,"item-size":40,"key-field":`path`},{default:t(({item:r})=>[d(`div`,ue,[d(`button`,{type:`button`,class:`name`,onClick:e=>I(r)},[d(`span`,fe,s(r.is_folder?`📁`:`📄`),1),d(`span`,pe,s(r.name),1)],8,de),d(`span`,$,s(r.is_folder?r.pictures?h(u)(`parts.pictures`,{n:r.pictures}):``:h(W)(r.bytes)),1),d(`span`,me,s(r.modified?h(G)(r.modified):``),1),r.is_folder&&(b.value||r.pictures===null&&n.kind===`model`)?(z(),e(h(V),{key:0,size:`tiny`,onClick:e=>F(r.path)},{default:t(()=>[D(s(h(u)(`parts.take`)),1)]),_:1},8,[`onClick`])):C(``,!0)])]),_:1},8,[`items`])):(z(),N(`p`,le,s(h(u)(`parts.nothing_here`)),1))]),_:1},8,[`show`]),m.value?.more?(z(),N(`p`,he,s(h(u)(`parts.more`,{n:m.value.more})),1)):C(``,!0),d(`div`,ge,[b.value&&m.value?.path?(z(),N(A,{key:0},[j(h(H),{value:y.value,"onUpdate:value":i[3]||=e=>y.value=e,size:`small`,placeholder:h(u)(`parts.new_folder`),"input-props":{"aria-label":h(u)(`parts.new_folder`)},onKeyup:i[4]||=ee(e=>y.value.trim()&&L(),[`enter`])},null,8,[`value`,`placeholder`,`input-props`]),j(h(V),{size:`small`,disabled:!y.value.trim(),onClick:L},{default:t(()=>[D(s(h(u)(`parts.make`)),1)]),_:1},8,[`disabled`])],64)):C(``,!0),i[7]||=d(`span`,{class:`space`},null,-1),b.value?(z(),e(h(V),{key:1,type:`primary`,disabled:!m.value?.path,onClick:i[5]||=e=>F(m.value?.path??``)},{default:t(()=>[D(s(h(u)(`parts.take_this`)),1)]),_:1},8,[`disabled`])):C(``,!0)])]),_:1},8,[`shown`,`title`]))}}),[[`__scopeId`,`data-v-abfb5974`]]),ve=b({__name:`PathField`,props:F({kind:{default:`file`},id:{default:void 0},label:{default:``},placeholder:{default:``},disabled:{type:Boolean}},{modelValue:{required:!0},modelModifiers:{}}),emits:[`update:modelValue`],setup(n){let r=i(n,`modelValue`),{t:a}=w(),o=f(!1);return(i,c)=>(z(),N(A,null,[j(h(X),null,{default:t(()=>[j(h(H),{value:r.value,"onUpdate:value":c[0]||=e=>r.value=e,class:`mono`,clearable:``,disabled:n.disabled,placeholder:n.placeholder,"input-props":{id:n.id,"aria-label":n.label||h(a)(`parts.choose_${n.kind}`),spellcheck:!1}},null,8,[`value`,`disabled`,`placeholder`,`input-props`]),j(h(V),{disabled:n.disabled,onClick:c[1]||=e=>o.value=!0},{default:t(()=>[D(s(h(a)(`parts.browse`)),1)]),_:1},8,[`disabled`])]),_:1}),o.value?(z(),e(_e,{key:0,shown:o.value,"onUpdate:shown":c[2]||=e=>o.value=e,kind:n.kind,start:r.value,onChoose:c[3]||=e=>r.value=e},null,8,[`shown`,`kind`,`start`])):C(``,!0)],64))}});export{ve as t};