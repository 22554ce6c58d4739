import{$t as e,Bn as t,Fn as n,Gt as r,I as i,Jt as a,Kt as o,L as s,Ln as c,Mn as l,N as u,Rt as d,S as f,Sn as p,St as m,U as h,V as g,Vt as _,Xt as v,Yt as y,Zt as b,bn as x,dn as S,fn as C,hn as ee,in as w,l as T,mn as E,nn as D,o as O,pn as k,qt as A,r as j,s as M,t as N,tn as P,vt as F,wn as I,x as L,xt as R,yt as z,zn as te}from"./_plugin-vue_export-helper-7feDbWgl.js";import{N as ne,f as B,i as V}from"./i18n-D5Ga6e_b.js";import{t as H}from"./Input-BQqADWfB.js";import{Y as U,n as W,s as G}from"./index-Q9UsUwtw.js";import{t as K}from"./Spin-CR2jC100.js";import{t as q}from"./VirtualList-BMaS0Bhf.js";import{t as J}from"./TitledModal-oeVmKLl6.js";var Y=z(`input-group`,`
 display: inline-flex;
 width: 100%;
 flex-wrap: nowrap;
 vertical-align: bottom;
`,[F(`>`,[z(`input`,[F(`&:not(:last-child)`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `),F(`&:not(:first-child)`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 margin-left: -1px!important;
 `)]),z(`button`,[F(`&:not(:last-child)`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `,[R(`state-border, border`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `)]),F(`&:not(:first-child)`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `,[R(`state-border, border`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `)])]),F(`*`,[F(`&:not(:last-child)`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `,[F(`>`,[z(`input`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `),z(`base-selection`,[z(`base-selection-label`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `),z(`base-selection-tags`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `),R(`box-shadow, border, state-border`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `)])])]),F(`&:not(:first-child)`,`
 margin-left: -1px!important;
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `,[F(`>`,[z(`input`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `),z(`base-selection`,[z(`base-selection-label`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `),z(`base-selection-tags`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `),R(`box-shadow, border, state-border`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `)])])])])])]),X=e({name:`InputGroup`,props:{},setup(e){let{mergedClsPrefixRef:t}=g(e);return s(`-input-group`,Y,t),{mergedClsPrefix:t}},render(){let{mergedClsPrefix:e}=this;return k(),y(`div`,{class:u(`${e}-input-group`)},[i(()=>this.$slots.default?.())],2)}}),re=z(`breadcrumb`,`
 white-space: nowrap;
 cursor: default;
 line-height: var(--n-item-line-height);
`,[F(`ul`,`
 list-style: none;
 padding: 0;
 margin: 0;
 `),F(`a`,`
 color: inherit;
 text-decoration: inherit;
 `),z(`breadcrumb-item`,`
 font-size: var(--n-font-size);
 transition: color .3s var(--n-bezier);
 display: inline-flex;
 align-items: center;
 `,[z(`icon`,`
 font-size: 18px;
 vertical-align: -.2em;
 transition: color .3s var(--n-bezier);
 color: var(--n-item-text-color);
 `),F(`&:not(:last-child)`,[m(`clickable`,[R(`link`,`
 cursor: pointer;
 `,[F(`&:hover`,`
 background-color: var(--n-item-color-hover);
 `),F(`&:active`,`
 background-color: var(--n-item-color-pressed); 
 `)])])]),R(`link`,`
 padding: 4px;
 border-radius: var(--n-item-border-radius);
 transition:
 background-color .3s var(--n-bezier),
 color .3s var(--n-bezier);
 color: var(--n-item-text-color);
 position: relative;
 `,[F(`&:hover`,`
 color: var(--n-item-text-color-hover);
 `,[z(`icon`,`
 color: var(--n-item-text-color-hover);
 `)]),F(`&:active`,`
 color: var(--n-item-text-color-pressed);
 `,[z(`icon`,`
 color: var(--n-item-text-color-pressed);
 `)])]),R(`separator`,`
 margin: 0 8px;
 color: var(--n-separator-color);
 transition: color .3s var(--n-bezier);
 user-select: none;
 -webkit-user-select: none;
 `),F(`&:last-child`,[R(`link`,`
 font-weight: var(--n-font-weight-active);
 cursor: unset;
 color: var(--n-item-text-color-active);
 `,[z(`icon`,`
 color: var(--n-item-text-color-active);
 `)]),R(`separator`,`
 display: none;
 `)])])]),Z=h(`n-breadcrumb`),ie={...L.props,separator:{type:String,default:`/`}},ae=e({name:`Breadcrumb`,props:ie,setup(e){let{mergedClsPrefixRef:t,inlineThemeDisabled:i}=g(e),a=L(`Breadcrumb`,`-breadcrumb`,re,U,e,t);E(Z,{separatorRef:n(e,`separator`),mergedClsPrefixRef:t});let o=r(()=>{let{common:{cubicBezierEaseInOut:e},self:{separatorColor:t,itemTextColor:n,itemTextColorHover:r,itemTextColorPressed:i,itemTextColorActive:o,fontSize:s,fontWeightActive:c,itemBorderRadius:l,itemColorHover:u,itemColorPressed:d,itemLineHeight:f}}=a.value;return{"--n-font-size":s,"--n-bezier":e,"--n-item-text-color":n,"--n-item-text-color-hover":r,"--n-item-text-color-pressed":i,"--n-item-text-color-active":o,"--n-separator-color":t,"--n-item-color-hover":u,"--n-item-color-pressed":d,"--n-item-border-radius":l,"--n-font-weight-active":c,"--n-item-line-height":f}}),s=i?f(`breadcrumb`,void 0,o,e):void 0;return{mergedClsPrefix:t,cssVars:i?void 0:o,themeClass:s?.themeClass,onRender:s?.onRender}},render(){return this.onRender?.(),k(),y(`nav`,{class:u([`${this.mergedClsPrefix}-breadcrumb`,this.themeClass]),style:te(this.cssVars),"aria-label":`Breadcrumb`},[o(`ul`,null,[i(()=>this.$slots.default?.())])],6)}});function oe(e=B?window:null){let t=()=>{let{hash:t,host:n,hostname:r,href:i,origin:a,pathname:o,port:s,protocol:c,search:l}=e?.location||{};return{hash:t,host:n,hostname:r,href:i,origin:a,pathname:o,port:s,protocol:c,search:l}},n=l(t()),r=()=>{n.value=t()};return S(()=>{e&&(e.addEventListener(`popstate`,r),e.addEventListener(`hashchange`,r))}),C(()=>{e&&(e.removeEventListener(`popstate`,r),e.removeEventListener(`hashchange`,r))}),n}var Q=e({name:`BreadcrumbItem`,props:{separator:String,href:String,clickable:{type:Boolean,default:!0},showSeparator:{type:Boolean,default:!0},onClick:Function},slots:Object,setup(e,{slots:t}){let n=D(Z,null);if(!n)return()=>null;let{separatorRef:a,mergedClsPrefixRef:o}=n,s=oe(),c=r(()=>e.href?`a`:`span`),l=r(()=>s.value.href===e.href?`location`:null);return()=>{let{value:n}=o;return k(),y(`li`,{class:u([`${n}-breadcrumb-item`,e.clickable&&`${n}-breadcrumb-item--clickable`])},[i(()=>P(c.value,{class:`${n}-breadcrumb-item__link`,"aria-current":l.value,href:e.href,onClick:e.onClick},t)),i(()=>e.showSeparator&&(k(),y(`span`,{class:u(`${n}-breadcrumb-item__separator`),"aria-hidden":`true`},[i(()=>ne(t.separator,()=>[e.separator??a.value]))],2)))],2)}}}),se={class:`bar`},$={key:1},ce={key:0,class:`none`},le={class:`row`},ue=[`onClick`],de={"aria-hidden":`true`},fe={class:`text`},pe={class:`numbers meta`},me={class:`numbers meta date`},he={key:0,class:`none`},ge={class:`foot`},_e=N(e({__name:`PathBrowser`,props:w({kind:{default:`file`},start:{default:``}},{shown:{type:Boolean,required:!0},shownModifiers:{}}),emits:w([`choose`],[`update:shown`]),setup(e,{emit:n}){let i=e,s=x(e,`shown`),u=n,{t:f}=T(),{show:m}=j(),h=l(null),g=l(!1),S=l(``),C=l(``),w=r(()=>i.kind===`folder`||i.kind===`new`),E=r(()=>({file:`any`,folder:`folder`,new:`folder`,model:`model`})[i.kind]),D=r(()=>{let e=S.value.trim().toLowerCase();return(h.value?.entries??[]).filter(t=>t.name.toLowerCase().includes(e))}),N=r(()=>{let e=h.value?.path??``,t=e.includes(`\\`)?`\\`:`/`,n=e.split(t);return n.map((e,r)=>({name:e||t,path:n.slice(0,r+1).join(t)||t})).slice(+!!e.startsWith(t))});async function P(e){g.value=!0;try{h.value=await M(O.GET(`/api/files`,{params:{query:{path:e,kind:E.value}}})),S.value=``}finally{g.value=!1}}async function F(){let e=i.start.replace(/[\\/][^\\/]*$/,``);for(let t of[i.start,e,``])try{return await P(t)}catch(e){t||m(e)}}p(s,e=>e&&F(),{immediate:!0});function L(e){s.value=!1,u(`choose`,e)}function R(e){e.is_folder?P(e.path).catch(m):L(e.path)}async function z(){try{let e=`${h.value?.path??``}/${C.value.trim()}`,t=await M(O.POST(`/api/files/folder`,{body:{path:e}}));C.value=``,await P(t.path)}catch(e){m(e)}}return(n,r)=>(k(),A(J,{shown:s.value,"onUpdate:shown":r[6]||=e=>s.value=e,title:c(f)(`parts.choose_${e.kind}`),width:760},{default:I(()=>[o(`div`,se,[b(c(V),{size:`small`,disabled:!h.value?.path,onClick:r[0]||=e=>P(h.value?.parent??``)},{default:I(()=>[v(t(c(f)(`parts.up`)),1)]),_:1},8,[`disabled`]),h.value?.path?(k(),A(c(ae),{key:0},{default:I(()=>[b(c(Q),{onClick:r[1]||=e=>P(``)},{default:I(()=>[v(t(c(f)(`parts.roots`)),1)]),_:1}),(k(!0),y(_,null,ee(N.value,e=>(k(),A(c(Q),{key:e.path,onClick:t=>P(e.path).catch(c(m))},{default:I(()=>[v(t(e.name),1)]),_:2},1032,[`onClick`]))),128))]),_:1})):(k(),y(`span`,$,t(c(f)(`parts.roots_hint`)),1))]),b(c(H),{value:S.value,"onUpdate:value":r[2]||=e=>S.value=e,size:`small`,clearable:``,placeholder:c(f)(`parts.filter`),"input-props":{"aria-label":c(f)(`parts.filter`)}},null,8,[`value`,`placeholder`,`input-props`]),b(c(K),{show:g.value},{default:I(()=>[D.value.length?(k(),A(c(q),{key:1,class:`list`,items:D.value,"item-size":40,"key-field":`path`},{default:I(({item:n})=>[o(`div`,le,[o(`button`,{type:`button`,class:`name`,onClick:e=>R(n)},[o(`span`,de,t(n.is_folder?`📁`:`📄`),1),o(`span`,fe,t(n.name),1)],8,ue),o(`span`,pe,t(n.is_folder?n.pictures?c(f)(`parts.pictures`,{n:n.pictures}):``:c(W)(n.bytes)),1),o(`span`,me,t(n.modified?c(G)(n.modified):``),1),n.is_folder&&(w.value||n.pictures===null&&e.kind===`model`)?(k(),A(c(V),{key:0,size:`tiny`,onClick:e=>L(n.path)},{default:I(()=>[v(t(c(f)(`parts.take`)),1)]),_:1},8,[`onClick`])):a(``,!0)])]),_:1},8,[`items`])):(k(),y(`p`,ce,t(c(f)(`parts.nothing_here`)),1))]),_:1},8,[`show`]),h.value?.more?(k(),y(`p`,he,t(c(f)(`parts.more`,{n:h.value.more})),1)):a(``,!0),o(`div`,ge,[w.value&&h.value?.path?(k(),y(_,{key:0},[b(c(H),{value:C.value,"onUpdate:value":r[3]||=e=>C.value=e,size:`small`,placeholder:c(f)(`parts.new_folder`),"input-props":{"aria-label":c(f)(`parts.new_folder`)},onKeyup:r[4]||=d(e=>C.value.trim()&&z(),[`enter`])},null,8,[`value`,`placeholder`,`input-props`]),b(c(V),{size:`small`,disabled:!C.value.trim(),onClick:z},{default:I(()=>[v(t(c(f)(`parts.make`)),1)]),_:1},8,[`disabled`])],64)):a(``,!0),r[7]||=o(`span`,{class:`space`},null,-1),w.value?(k(),A(c(V),{key:1,type:`primary`,disabled:!h.value?.path,onClick:r[5]||=e=>L(h.value?.path??``)},{default:I(()=>[v(t(c(f)(`parts.take_this`)),1)]),_:1},8,[`disabled`])):a(``,!0)])]),_:1},8,[`shown`,`title`]))}}),[[`__scopeId`,`data-v-abfb5974`]]),ve=e({__name:`PathField`,props:w({kind:{default:`file`},id:{default:void 0},label:{default:``},placeholder:{default:``},disabled:{type:Boolean}},{modelValue:{required:!0},modelModifiers:{}}),emits:[`update:modelValue`],setup(e){let n=x(e,`modelValue`),{t:r}=T(),i=l(!1);return(o,s)=>(k(),y(_,null,[b(c(X),null,{default:I(()=>[b(c(H),{value:n.value,"onUpdate:value":s[0]||=e=>n.value=e,class:`mono`,clearable:``,disabled:e.disabled,placeholder:e.placeholder,"input-props":{id:e.id,"aria-label":e.label||c(r)(`parts.choose_${e.kind}`),spellcheck:!1}},null,8,[`value`,`disabled`,`placeholder`,`input-props`]),b(c(V),{disabled:e.disabled,onClick:s[1]||=e=>i.value=!0},{default:I(()=>[v(t(c(r)(`parts.browse`)),1)]),_:1},8,[`disabled`])]),_:1}),i.value?(k(),A(_e,{key:0,shown:i.value,"onUpdate:shown":s[2]||=e=>i.value=e,kind:e.kind,start:n.value,onChoose:s[3]||=e=>n.value=e},null,8,[`shown`,`kind`,`start`])):a(``,!0)],64))}});export{ve as t};