import{Dt as e,H as t,Ot as n,Tt as r,U as i,an as a,bn as o,kt as s,q as c,tn as l,wt as u,yn as d,z as f}from"./failure-DdhVUdvy.js";import{D as p,r as m}from"./Button-5vQ51-9u.js";var h=`0!important`,g=`-1px!important`;function _(t){return n(`${t}-type`,[u(`& +`,[r(`button`,{},[n(`${t}-type`,[e(`border`,{borderLeftWidth:h}),e(`state-border`,{left:g})])])])])}function v(t){return n(`${t}-type`,[u(`& +`,[r(`button`,[n(`${t}-type`,[e(`border`,{borderTopWidth:h}),e(`state-border`,{top:g})])])])])}var y=r(`button-group`,`
 flex-wrap: nowrap;
 display: inline-flex;
 position: relative;
`,[s(`vertical`,{flexDirection:`row`},[s(`rtl`,[r(`button`,[u(`&:first-child:not(:last-child)`,`
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
 `),_(`default`),n(`ghost`,[_(`primary`),_(`info`),_(`success`),_(`warning`),_(`error`)])])])]),n(`vertical`,{flexDirection:`column`},[r(`button`,[u(`&:first-child:not(:last-child)`,`
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
 `),v(`default`),n(`ghost`,[v(`primary`),v(`info`),v(`success`),v(`warning`),v(`error`)])])])]),b=a({name:`ButtonGroup`,props:{size:String,vertical:Boolean},setup(e){let{mergedClsPrefixRef:t,mergedRtlRef:n}=c(e);return i(`-button-group`,y,t),o(m,e),{rtlEnabled:p(`ButtonGroup`,n,t),mergedClsPrefix:t}},render(){let{mergedClsPrefix:e}=this;return d(),l(`div`,{class:f([`${e}-button-group`,this.rtlEnabled&&`${e}-button-group--rtl`,this.vertical&&`${e}-button-group--vertical`]),role:`group`},[t(()=>this.$slots.default?.())],2)}});export{b as t};