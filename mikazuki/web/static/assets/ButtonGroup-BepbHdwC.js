import{$t as e,Ct as t,I as n,L as r,N as i,St as a,V as o,Yt as s,mn as c,pn as l,vt as u,xt as d,yt as f}from"./_plugin-vue_export-helper-7feDbWgl.js";import{A as p,o as m}from"./i18n-D5Ga6e_b.js";var h=`0!important`,g=`-1px!important`;function _(e){return a(`${e}-type`,[u(`& +`,[f(`button`,{},[a(`${e}-type`,[d(`border`,{borderLeftWidth:h}),d(`state-border`,{left:g})])])])])}function v(e){return a(`${e}-type`,[u(`& +`,[f(`button`,[a(`${e}-type`,[d(`border`,{borderTopWidth:h}),d(`state-border`,{top:g})])])])])}var y=f(`button-group`,`
 flex-wrap: nowrap;
 display: inline-flex;
 position: relative;
`,[t(`vertical`,{flexDirection:`row`},[t(`rtl`,[f(`button`,[u(`&:first-child:not(:last-child)`,`
 margin-right: ${h};
 border-top-right-radius: ${h};
 border-bottom-right-radius: ${h};
 `),u(`&:last-child:not(:first-child)`,`
 margin-left: ${h};
 border-top-left-radius: ${h};
 border-bottom-left-radius: ${h};
 `),u(`&:not(:first-child):not(:last-child)`,`
 margin-left: ${h};
 margin-right: ${h};
 border-radius: ${h};
 `),_(`default`),a(`ghost`,[_(`primary`),_(`info`),_(`success`),_(`warning`),_(`error`)])])])]),a(`vertical`,{flexDirection:`column`},[f(`button`,[u(`&:first-child:not(:last-child)`,`
 margin-bottom: ${h};
 margin-left: ${h};
 margin-right: ${h};
 border-bottom-left-radius: ${h};
 border-bottom-right-radius: ${h};
 `),u(`&:last-child:not(:first-child)`,`
 margin-top: ${h};
 margin-left: ${h};
 margin-right: ${h};
 border-top-left-radius: ${h};
 border-top-right-radius: ${h};
 `),u(`&:not(:first-child):not(:last-child)`,`
 margin: ${h};
 border-radius: ${h};
 `),v(`default`),a(`ghost`,[v(`primary`),v(`info`),v(`success`),v(`warning`),v(`error`)])])])]),b=e({name:`ButtonGroup`,props:{size:String,vertical:Boolean},setup(e){let{mergedClsPrefixRef:t,mergedRtlRef:n}=o(e);return r(`-button-group`,y,t),c(m,e),{rtlEnabled:p(`ButtonGroup`,n,t),mergedClsPrefix:t}},render(){let{mergedClsPrefix:e}=this;return l(),s(`div`,{class:i([`${e}-button-group`,this.rtlEnabled&&`${e}-button-group--rtl`,this.vertical&&`${e}-button-group--vertical`]),role:`group`},[n(()=>this.$slots.default?.())],2)}});export{b as t};