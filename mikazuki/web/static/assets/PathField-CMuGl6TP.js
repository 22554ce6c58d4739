import{$t as e,Cn as t,Gt as n,I as r,In as i,Jt as a,Kt as o,L as s,N as c,Pn as l,Rn as u,Rt as d,S as f,St as p,U as m,V as h,Vt as g,Xt as _,Yt as v,Zt as y,dn as b,fn as x,hn as S,in as C,jn as w,l as T,mn as E,nn as D,o as O,pn as k,qt as A,r as j,s as M,t as N,tn as P,vt as F,x as I,xn as L,xt as R,yn as z,yt as B,zn as V}from"./_plugin-vue_export-helper-nX_YewPX.js";import{N as ee,f as te,i as H}from"./i18n-7fhTEx4s.js";import{t as U}from"./Input-EcqVkChM.js";import{X as W,n as G,s as K}from"./index-DhzwMCm2.js";import{t as q}from"./Spin--a7pXFyy.js";import{t as J}from"./VirtualList-Cm24Q-xH.js";import{t as Y}from"./TitledModal-D_Kd4qN9.js";var X=B(`input-group`,`
 display: inline-flex;
 width: 100%;
 flex-wrap: nowrap;
 vertical-align: bottom;
`,[F(`>`,[B(`input`,[F(`&:not(:last-child)`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `),F(`&:not(:first-child)`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 margin-left: -1px!important;
 `)]),B(`button`,[F(`&:not(:last-child)`,`
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
 `,[F(`>`,[B(`input`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `),B(`base-selection`,[B(`base-selection-label`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `),B(`base-selection-tags`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `),R(`box-shadow, border, state-border`,`
 border-top-right-radius: 0!important;
 border-bottom-right-radius: 0!important;
 `)])])]),F(`&:not(:first-child)`,`
 margin-left: -1px!important;
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `,[F(`>`,[B(`input`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `),B(`base-selection`,[B(`base-selection-label`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `),B(`base-selection-tags`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `),R(`box-shadow, border, state-border`,`
 border-top-left-radius: 0!important;
 border-bottom-left-radius: 0!important;
 `)])])])])])]),Z=e({name:`InputGroup`,props:{},setup(e){let{mergedClsPrefixRef:t}=h(e);return s(`-input-group`,X,t),{mergedClsPrefix:t}},render(){let{mergedClsPrefix:e}=this;return k(),v(`div`,{class:c(`${e}-input-group`)},[r(()=>this.$slots.default?.())],2)}}),ne=B(`breadcrumb`,`
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
 `),B(`breadcrumb-item`,`
 font-size: var(--n-font-size);
 transition: color .3s var(--n-bezier);
 display: inline-flex;
 align-items: center;
 `,[B(`icon`,`
 font-size: 18px;
 vertical-align: -.2em;
 transition: color .3s var(--n-bezier);
 color: var(--n-item-text-color);
 `),F(`&:not(:last-child)`,[p(`clickable`,[R(`link`,`
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
 `,[B(`icon`,`
 color: var(--n-item-text-color-hover);
 `)]),F(`&:active`,`
 color: var(--n-item-text-color-pressed);
 `,[B(`icon`,`
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
 `,[B(`icon`,`
 color: var(--n-item-text-color-active);
 `)]),R(`separator`,`
 display: none;
 `)])])]),Q=m(`n-breadcrumb`),re={...I.props,separator:{type:String,default:`/`}},ie=e({name:`Breadcrumb`,props:re,setup(e){let{mergedClsPrefixRef:t,inlineThemeDisabled:r}=h(e),i=I(`Breadcrumb`,`-breadcrumb`,ne,W,e,t);E(Q,{separatorRef:l(e,`separator`),mergedClsPrefixRef:t});let a=n(()=>{let{common:{cubicBezierEaseInOut:e},self:{separatorColor:t,itemTextColor:n,itemTextColorHover:r,itemTextColorPressed:a,itemTextColorActive:o,fontSize:s,fontWeightActive:c,itemBorderRadius:l,itemColorHover:u,itemColorPressed:d,itemLineHeight:f}}=i.value;return{"--n-font-size":s,"--n-bezier":e,"--n-item-text-color":n,"--n-item-text-color-hover":r,"--n-item-text-color-pressed":a,"--n-item-text-color-active":o,"--n-separator-color":t,"--n-item-color-hover":u,"--n-item-color-pressed":d,"--n-item-border-radius":l,"--n-font-weight-active":c,"--n-item-line-height":f}}),o=r?f(`breadcrumb`,void 0,a,e):void 0;return{mergedClsPrefix:t,cssVars:r?void 0:a,themeClass:o?.themeClass,onRender:o?.onRender}},render(){return this.onRender?.(),k(),v(`nav`,{class:c([`${this.mergedClsPrefix}-breadcrumb`,this.themeClass]),style:u(this.cssVars),"aria-label":`Breadcrumb`},[o(`ul`,null,[r(()=>this.$slots.default?.())])],6)}});function ae(e=te?window:null){let t=()=>{let{hash:t,host:n,hostname:r,href:i,origin:a,pathname:o,port:s,protocol:c,search:l}=e?.location||{};return{hash:t,host:n,hostname:r,href:i,origin:a,pathname:o,port:s,protocol:c,search:l}},n=w(t()),r=()=>{n.value=t()};return b(()=>{e&&(e.addEventListener(`popstate`,r),e.addEventListener(`hashchange`,r))}),x(()=>{e&&(e.removeEventListener(`popstate`,r),e.removeEventListener(`hashchange`,r))}),n}var $=e({name:`BreadcrumbItem`,props:{separator:String,href:String,clickable:{type:Boolean,default:!0},showSeparator:{type:Boolean,default:!0},onClick:Function},slots:Object,setup(e,{slots:t}){let i=D(Q,null);if(!i)return()=>null;let{separatorRef:a,mergedClsPrefixRef:o}=i,s=ae(),l=n(()=>e.href?`a`:`span`),u=n(()=>s.value.href===e.href?`location`:null);return()=>{let{value:n}=o;return k(),v(`li`,{class:c([`${n}-breadcrumb-item`,e.clickable&&`${n}-breadcrumb-item--clickable`])},[r(()=>P(l.value,{class:`${n}-breadcrumb-item__link`,"aria-current":u.value,href:e.href,onClick:e.onClick},t)),r(()=>e.showSeparator&&(k(),v(`span`,{class:c(`${n}-breadcrumb-item__separator`),"aria-hidden":`true`},[r(()=>ee(t.separator,()=>[e.separator??a.value]))],2)))],2)}}}),oe={class:`bar`},se={key:1},ce={key:0,class:`none`},le={class:`row`},ue=[`onClick`],de={"aria-hidden":`true`},fe={class:`text`},pe={class:`numbers meta`},me={class:`numbers meta date`},he={key:0,class:`none`},ge={class:`foot`},_e=N(e({__name:`PathBrowser`,props:C({kind:{default:`file`},start:{default:``}},{shown:{type:Boolean,required:!0},shownModifiers:{}}),emits:C([`choose`],[`update:shown`]),setup(e,{emit:r}){let s=e,c=z(e,`shown`),l=r,{t:u}=T(),{show:f}=j(),p=w(null),m=w(!1),h=w(``),b=w(``),x=n(()=>s.kind===`folder`||s.kind===`new`),C=n(()=>({file:`any`,folder:`folder`,new:`folder`,model:`model`})[s.kind]),E=n(()=>{let e=h.value.trim().toLowerCase();return(p.value?.entries??[]).filter(t=>t.name.toLowerCase().includes(e))}),D=n(()=>{let e=p.value?.path??``,t=e.includes(`\\`)?`\\`:`/`,n=e.split(t);return n.map((e,r)=>({name:e||t,path:n.slice(0,r+1).join(t)||t})).slice(+!!e.startsWith(t))});async function N(e){m.value=!0;try{p.value=await M(O.GET(`/api/files`,{params:{query:{path:e,kind:C.value}}})),h.value=``}finally{m.value=!1}}async function P(){let e=s.start.replace(/[\\/][^\\/]*$/,``);for(let t of[s.start,e,``])try{return await N(t)}catch(e){t||f(e)}}L(c,e=>e&&P(),{immediate:!0});function F(e){c.value=!1,l(`choose`,e)}function I(e){e.is_folder?N(e.path).catch(f):F(e.path)}async function R(){try{let e=`${p.value?.path??``}/${b.value.trim()}`,t=await M(O.POST(`/api/files/folder`,{body:{path:e}}));b.value=``,await N(t.path)}catch(e){f(e)}}return(n,r)=>(k(),A(Y,{shown:c.value,"onUpdate:shown":r[6]||=e=>c.value=e,title:i(u)(`parts.choose_${e.kind}`),width:760},{default:t(()=>[o(`div`,oe,[y(i(H),{size:`small`,disabled:!p.value?.path,onClick:r[0]||=e=>N(p.value?.parent??``)},{default:t(()=>[_(V(i(u)(`parts.up`)),1)]),_:1},8,[`disabled`]),p.value?.path?(k(),A(i(ie),{key:0},{default:t(()=>[y(i($),{onClick:r[1]||=e=>N(``)},{default:t(()=>[_(V(i(u)(`parts.roots`)),1)]),_:1}),(k(!0),v(g,null,S(D.value,e=>(k(),A(i($),{key:e.path,onClick:t=>N(e.path).catch(i(f))},{default:t(()=>[_(V(e.name),1)]),_:2},1032,[`onClick`]))),128))]),_:1})):(k(),v(`span`,se,V(i(u)(`parts.roots_hint`)),1))]),y(i(U),{value:h.value,"onUpdate:value":r[2]||=e=>h.value=e,size:`small`,clearable:``,placeholder:i(u)(`parts.filter`),"input-props":{"aria-label":i(u)(`parts.filter`)}},null,8,[`value`,`placeholder`,`input-props`]),y(i(q),{show:m.value},{default:t(()=>[E.value.length?(k(),A(i(J),{key:1,class:`list`,items:E.value,"item-size":40,"key-field":`path`},{default:t(({item:n})=>[o(`div`,le,[o(`button`,{type:`button`,class:`name`,onClick:e=>I(n)},[o(`span`,de,V(n.is_folder?`📁`:`📄`),1),o(`span`,fe,V(n.name),1)],8,ue),o(`span`,pe,V(n.is_folder?n.pictures?i(u)(`parts.pictures`,{n:n.pictures}):``:i(G)(n.bytes)),1),o(`span`,me,V(n.modified?i(K)(n.modified):``),1),n.is_folder&&(x.value||n.pictures===null&&e.kind===`model`)?(k(),A(i(H),{key:0,size:`tiny`,onClick:e=>F(n.path)},{default:t(()=>[_(V(i(u)(`parts.take`)),1)]),_:1},8,[`onClick`])):a(``,!0)])]),_:1},8,[`items`])):(k(),v(`p`,ce,V(i(u)(`parts.nothing_here`)),1))]),_:1},8,[`show`]),p.value?.more?(k(),v(`p`,he,V(i(u)(`parts.more`,{n:p.value.more})),1)):a(``,!0),o(`div`,ge,[x.value&&p.value?.path?(k(),v(g,{key:0},[y(i(U),{value:b.value,"onUpdate:value":r[3]||=e=>b.value=e,size:`small`,placeholder:i(u)(`parts.new_folder`),"input-props":{"aria-label":i(u)(`parts.new_folder`)},onKeyup:r[4]||=d(e=>b.value.trim()&&R(),[`enter`])},null,8,[`value`,`placeholder`,`input-props`]),y(i(H),{size:`small`,disabled:!b.value.trim(),onClick:R},{default:t(()=>[_(V(i(u)(`parts.make`)),1)]),_:1},8,[`disabled`])],64)):a(``,!0),r[7]||=o(`span`,{class:`space`},null,-1),x.value?(k(),A(i(H),{key:1,type:`primary`,disabled:!p.value?.path,onClick:r[5]||=e=>F(p.value?.path??``)},{default:t(()=>[_(V(i(u)(`parts.take_this`)),1)]),_:1},8,[`disabled`])):a(``,!0)])]),_:1},8,[`shown`,`title`]))}}),[[`__scopeId`,`data-v-abfb5974`]]),ve=e({__name:`PathField`,props:C({kind:{default:`file`},id:{default:void 0},label:{default:``},placeholder:{default:``},disabled:{type:Boolean}},{modelValue:{required:!0},modelModifiers:{}}),emits:[`update:modelValue`],setup(e){let n=z(e,`modelValue`),{t:r}=T(),o=w(!1);return(s,c)=>(k(),v(g,null,[y(i(Z),null,{default:t(()=>[y(i(U),{value:n.value,"onUpdate:value":c[0]||=e=>n.value=e,class:`mono`,clearable:``,disabled:e.disabled,placeholder:e.placeholder,"input-props":{id:e.id,"aria-label":e.label||i(r)(`parts.choose_${e.kind}`),spellcheck:!1}},null,8,[`value`,`disabled`,`placeholder`,`input-props`]),y(i(H),{disabled:e.disabled,onClick:c[1]||=e=>o.value=!0},{default:t(()=>[_(V(i(r)(`parts.browse`)),1)]),_:1},8,[`disabled`])]),_:1}),o.value?(k(),A(_e,{key:0,shown:o.value,"onUpdate:shown":c[2]||=e=>o.value=e,kind:e.kind,start:n.value,onChoose:c[3]||=e=>n.value=e},null,8,[`shown`,`kind`,`start`])):a(``,!0)],64))}});export{ve as t};