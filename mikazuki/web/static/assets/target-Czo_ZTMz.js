import{et as e,i as t}from"./i18n-D5Ga6e_b.js";import{$t as n,An as r,Bn as i,F as a,Gt as o,I as s,Jt as c,Kt as l,Ln as u,Mn as d,N as f,Ot as p,S as m,St as h,V as g,Vt as _,Xt as v,Yt as y,Zt as b,a as x,hn as S,i as C,l as w,pn as T,qt as E,r as D,t as O,vt as k,wn as A,wt as j,x as M,yt as N,zn as P}from"./_plugin-vue_export-helper-7feDbWgl.js";import{s as F}from"./Popover-UVc6psB9.js";import{n as ee,t as te}from"./CollapseItem-DDh1uy0y.js";import{t as ne}from"./VirtualList-BMaS0Bhf.js";import{a as I,at as L,it as R,k as re,n as z,nt as B,rt as V}from"./index-Q9UsUwtw.js";var ie=[`id`],ae=[`stop-color`],oe=[`stop-color`],se=[`viewBox`],H=[`d`,`stroke-width`],U=[`d`,`stroke-width`],W={success:(T(),E(V)),error:(T(),E(L)),warning:(T(),E(B)),info:(T(),E(R))},G=n({name:`ProgressCircle`,props:{clsPrefix:{type:String,required:!0},status:{type:String,required:!0},strokeWidth:{type:Number,required:!0},fillColor:[String,Object],railColor:String,railStyle:[String,Object],percentage:{type:Number,default:0},offsetDegree:{type:Number,default:0},showIndicator:{type:Boolean,required:!0},indicatorTextColor:String,unit:String,viewBoxWidth:{type:Number,required:!0},gapDegree:{type:Number,required:!0},gapOffsetDegree:{type:Number,default:0}},setup(t,{slots:n}){let r=o(()=>{let e=`gradient`,{fillColor:n}=t;return typeof n==`object`?`${e}-${p(JSON.stringify(n))}`:e});function i(e,n,i,a){let{gapDegree:o,viewBoxWidth:s,strokeWidth:c}=t,l=50+c/2,u=`M ${l},${l} m 0,50
      a 50,50 0 1 1 0,-100
      a 50,50 0 1 1 0,100`,d=Math.PI*2*50;return{pathString:u,pathStyle:{stroke:a===`rail`?i:typeof t.fillColor==`object`?`url(#${r.value})`:i,strokeDasharray:`${Math.min(e,100)/100*(d-o)}px ${s*8}px`,strokeDashoffset:`-${o/2}px`,transformOrigin:n?`center`:void 0,transform:n?`rotate(${n}deg)`:void 0}}}let a=()=>{let e=typeof t.fillColor==`object`,n=e?t.fillColor.stops[0]:``,i=e?t.fillColor.stops[1]:``;return e&&(T(),y(`defs`,null,[l(`linearGradient`,{id:r.value,x1:`0%`,y1:`100%`,x2:`100%`,y2:`0%`},[l(`stop`,{offset:`0%`,"stop-color":n},null,8,ae),l(`stop`,{offset:`100%`,"stop-color":i},null,8,oe)],8,ie)]))};return()=>{let{fillColor:r,railColor:o,strokeWidth:c,offsetDegree:u,status:d,percentage:p,showIndicator:m,indicatorTextColor:h,unit:g,gapOffsetDegree:v,clsPrefix:b}=t,{pathString:x,pathStyle:S}=i(100,0,o,`rail`),{pathString:C,pathStyle:w}=i(p,u,r,`fill`),D=100+c;return T(),y(`div`,{class:f(`${b}-progress-content`),role:`none`},[l(`div`,{class:f(`${b}-progress-graph`),"aria-hidden":!0},[l(`div`,{class:f(`${b}-progress-graph-circle`),style:P({transform:v?`rotate(${v}deg)`:void 0})},[(T(),y(`svg`,{viewBox:`0 0 ${D} ${D}`},[s(()=>a()),l(`g`,null,[l(`path`,{class:f(`${b}-progress-graph-circle-rail`),d:x,"stroke-width":c,"stroke-linecap":`round`,fill:`none`,style:P(S)},null,14,H)]),l(`g`,null,[l(`path`,{class:f([`${b}-progress-graph-circle-fill`,p===0&&`${b}-progress-graph-circle-fill--empty`]),d:C,"stroke-width":c,"stroke-linecap":`round`,fill:`none`,style:P(w)},null,14,U)])],8,se))],6)],2),m?(T(),y(`div`,{key:0},[n.default?(T(),y(`div`,{key:0,class:f(`${b}-progress-custom-content`),role:`none`},[s(()=>n.default())],2)):(T(),y(_,{key:1},[d==="default"?(T(),y(`div`,{key:1,class:f(`${b}-progress-text`),style:P({color:h}),role:`none`},[l(`span`,{class:f(`${b}-progress-text__percentage`)},[s(()=>p)],2),l(`span`,{class:f(`${b}-progress-text__unit`)},[s(()=>g)],2)],6)):(T(),y(`div`,{key:0,class:f(`${b}-progress-icon`),"aria-hidden":!0},[(T(),E(e,{clsPrefix:b},{default:()=>W[d]},1032,[`clsPrefix`]))],2))],64))])):s(()=>null)],2)}}}),K={success:(T(),E(V)),error:(T(),E(L)),warning:(T(),E(B)),info:(T(),E(R))},ce=n({name:`ProgressLine`,props:{clsPrefix:{type:String,required:!0},percentage:{type:Number,default:0},railColor:String,railStyle:[String,Object],fillColor:[String,Object],status:{type:String,required:!0},indicatorPlacement:{type:String,required:!0},indicatorTextColor:String,unit:{type:String,default:`%`},processing:{type:Boolean,required:!0},showIndicator:{type:Boolean,required:!0},height:[String,Number],railBorderRadius:[String,Number],fillBorderRadius:[String,Number]},setup(t,{slots:n}){let r=o(()=>F(t.height)),i=o(()=>typeof t.fillColor==`object`?`linear-gradient(to right, ${t.fillColor?.stops[0]} , ${t.fillColor?.stops[1]})`:t.fillColor),a=o(()=>t.railBorderRadius===void 0?t.height===void 0?``:F(t.height,{c:.5}):F(t.railBorderRadius)),c=o(()=>t.fillBorderRadius===void 0?t.railBorderRadius===void 0?t.height===void 0?``:F(t.height,{c:.5}):F(t.railBorderRadius):F(t.fillBorderRadius));return()=>{let{indicatorPlacement:o,railColor:u,railStyle:d,percentage:p,unit:m,indicatorTextColor:h,status:g,showIndicator:v,processing:b,clsPrefix:x}=t;return T(),y(`div`,{class:f(`${x}-progress-content`),role:`none`},[l(`div`,{class:f(`${x}-progress-graph`),"aria-hidden":!0},[l(`div`,{class:f([`${x}-progress-graph-line`,{[`${x}-progress-graph-line--indicator-${o}`]:!0}])},[l(`div`,{class:f(`${x}-progress-graph-line-rail`),style:P([{backgroundColor:u,height:r.value,borderRadius:a.value},d])},[l(`div`,{class:f([`${x}-progress-graph-line-fill`,b&&`${x}-progress-graph-line-fill--processing`]),style:P({maxWidth:`${t.percentage}%`,background:i.value,height:r.value,lineHeight:r.value,borderRadius:c.value})},[o===`inside`?(T(),y(`div`,{key:0,class:f(`${x}-progress-graph-line-indicator`),style:P({color:h})},[n.default?(T(),y(_,{key:0},[s(()=>n.default())],64)):(T(),y(_,{key:1},[s(()=>`${p}${m}`)],64))],6)):s(()=>null)],6)],6)],2)],2),v&&o===`outside`?(T(),y(`div`,{key:0},[n.default?(T(),y(`div`,{key:0,class:f(`${x}-progress-custom-content`),style:P({color:h}),role:`none`},[s(()=>n.default())],6)):(T(),y(_,{key:1},[g==="default"?(T(),y(`div`,{key:0,role:`none`,class:f(`${x}-progress-icon ${x}-progress-icon--as-text`),style:P({color:h})},[s(()=>p),s(()=>m)],6)):(T(),y(`div`,{key:1,class:f(`${x}-progress-icon`),"aria-hidden":!0},[(T(),E(e,{clsPrefix:x},{default:()=>K[g]},1032,[`clsPrefix`]))],2))],64))])):s(()=>null)],2)}}}),le=[`id`],ue=[`stop-color`],de=[`stop-color`],fe=[`d`,`stroke-width`],pe=[`d`,`stroke-width`],me=[`viewBox`];function q(e,t,n=100){return`m ${n/2} ${n/2-e} a ${e} ${e} 0 1 1 0 ${2*e} a ${e} ${e} 0 1 1 0 -${2*e}`}var he=n({name:`ProgressMultipleCircle`,props:{clsPrefix:{type:String,required:!0},viewBoxWidth:{type:Number,required:!0},percentage:{type:Array,default:[0]},strokeWidth:{type:Number,required:!0},circleGap:{type:Number,required:!0},showIndicator:{type:Boolean,required:!0},fillColor:{type:Array,default:()=>[]},railColor:{type:Array,default:()=>[]},railStyle:{type:Array,default:()=>[]}},setup(e,{slots:t}){let n=o(()=>e.percentage.map((t,n)=>`${Math.PI*t/100*(e.viewBoxWidth/2-e.strokeWidth/2*(1+2*n)-e.circleGap*n)*2}, ${e.viewBoxWidth*8}`)),r=(t,n)=>{let r=e.fillColor[n],i=typeof r==`object`?r.stops[0]:``,a=typeof r==`object`?r.stops[1]:``;return typeof e.fillColor[n]==`object`&&(T(),y(`linearGradient`,{id:`gradient-${n}`,x1:`100%`,y1:`0%`,x2:`0%`,y2:`100%`},[l(`stop`,{offset:`0%`,"stop-color":i},null,8,ue),l(`stop`,{offset:`100%`,"stop-color":a},null,8,de)],8,le))};return()=>{let{viewBoxWidth:i,strokeWidth:a,circleGap:o,showIndicator:c,fillColor:u,railColor:d,railStyle:p,percentage:m,clsPrefix:h}=e;return T(),y(`div`,{class:f(`${h}-progress-content`),role:`none`},[l(`div`,{class:f(`${h}-progress-graph`),"aria-hidden":!0},[l(`div`,{class:f(`${h}-progress-graph-circle`)},[(T(),y(`svg`,{viewBox:`0 0 ${i} ${i}`},[l(`defs`,null,[s(()=>m.map((e,t)=>r(e,t)))]),s(()=>m.map((e,t)=>(T(),y(`g`,{key:t},[l(`path`,{class:f(`${h}-progress-graph-circle-rail`),d:q(i/2-a/2*(1+2*t)-o*t,a,i),"stroke-width":a,"stroke-linecap":`round`,fill:`none`,style:P([{strokeDashoffset:0,stroke:d[t]},p[t]])},null,14,fe),l(`path`,{class:f([`${h}-progress-graph-circle-fill`,e===0&&`${h}-progress-graph-circle-fill--empty`]),d:q(i/2-a/2*(1+2*t)-o*t,a,i),"stroke-width":a,"stroke-linecap":`round`,fill:`none`,style:P({strokeDasharray:n.value[t],strokeDashoffset:0,stroke:typeof u[t]==`object`?`url(#gradient-${t})`:u[t]})},null,14,pe)]))))],8,me))],2)],2),c&&t.default?(T(),y(`div`,{key:0},[l(`div`,{class:f(`${h}-progress-text`)},[s(()=>t.default())],2)])):s(()=>null)],2)}}}),ge=k([N(`progress`,{display:`inline-block`},[N(`progress-icon`,`
 color: var(--n-icon-color);
 transition: color .3s var(--n-bezier);
 `),h(`line`,`
 width: 100%;
 display: block;
 `,[N(`progress-content`,`
 display: flex;
 align-items: center;
 `,[N(`progress-graph`,{flex:1})]),N(`progress-custom-content`,{marginLeft:`14px`}),N(`progress-icon`,`
 width: 30px;
 padding-left: 14px;
 height: var(--n-icon-size-line);
 line-height: var(--n-icon-size-line);
 font-size: var(--n-icon-size-line);
 `,[h(`as-text`,`
 color: var(--n-text-color-line-outer);
 text-align: center;
 width: 40px;
 font-size: var(--n-font-size);
 padding-left: 4px;
 transition: color .3s var(--n-bezier);
 `)])]),h(`circle, dashboard`,{width:`120px`},[N(`progress-custom-content`,`
 position: absolute;
 left: 50%;
 top: 50%;
 transform: translateX(-50%) translateY(-50%);
 display: flex;
 align-items: center;
 justify-content: center;
 `),N(`progress-text`,`
 position: absolute;
 left: 50%;
 top: 50%;
 transform: translateX(-50%) translateY(-50%);
 display: flex;
 align-items: center;
 color: inherit;
 font-size: var(--n-font-size-circle);
 color: var(--n-text-color-circle);
 font-weight: var(--n-font-weight-circle);
 transition: color .3s var(--n-bezier);
 white-space: nowrap;
 `),N(`progress-icon`,`
 position: absolute;
 left: 50%;
 top: 50%;
 transform: translateX(-50%) translateY(-50%);
 display: flex;
 align-items: center;
 color: var(--n-icon-color);
 font-size: var(--n-icon-size-circle);
 `)]),h(`multiple-circle`,`
 width: 200px;
 color: inherit;
 `,[N(`progress-text`,`
 font-weight: var(--n-font-weight-circle);
 color: var(--n-text-color-circle);
 position: absolute;
 left: 50%;
 top: 50%;
 transform: translateX(-50%) translateY(-50%);
 display: flex;
 align-items: center;
 justify-content: center;
 transition: color .3s var(--n-bezier);
 `)]),N(`progress-content`,{position:`relative`}),N(`progress-graph`,{position:`relative`},[N(`progress-graph-circle`,[k(`svg`,{verticalAlign:`bottom`}),N(`progress-graph-circle-fill`,`
 stroke: var(--n-fill-color);
 transition:
 opacity .3s var(--n-bezier),
 stroke .3s var(--n-bezier),
 stroke-dasharray .3s var(--n-bezier);
 `,[h(`empty`,{opacity:0})]),N(`progress-graph-circle-rail`,`
 transition: stroke .3s var(--n-bezier);
 overflow: hidden;
 stroke: var(--n-rail-color);
 `)]),N(`progress-graph-line`,[h(`indicator-inside`,[N(`progress-graph-line-rail`,`
 height: 16px;
 line-height: 16px;
 border-radius: 10px;
 `,[N(`progress-graph-line-fill`,`
 height: inherit;
 border-radius: 10px;
 `),N(`progress-graph-line-indicator`,`
 background: #0000;
 white-space: nowrap;
 text-align: right;
 margin-left: 14px;
 margin-right: 14px;
 height: inherit;
 font-size: 12px;
 color: var(--n-text-color-line-inner);
 transition: color .3s var(--n-bezier);
 `)])]),h(`indicator-inside-label`,`
 height: 16px;
 display: flex;
 align-items: center;
 `,[N(`progress-graph-line-rail`,`
 flex: 1;
 transition: background-color .3s var(--n-bezier);
 `),N(`progress-graph-line-indicator`,`
 background: var(--n-fill-color);
 font-size: 12px;
 transform: translateZ(0);
 display: flex;
 vertical-align: middle;
 height: 16px;
 line-height: 16px;
 padding: 0 10px;
 border-radius: 10px;
 position: absolute;
 white-space: nowrap;
 color: var(--n-text-color-line-inner);
 transition:
 right .2s var(--n-bezier),
 color .3s var(--n-bezier),
 background-color .3s var(--n-bezier);
 `)]),N(`progress-graph-line-rail`,`
 position: relative;
 overflow: hidden;
 height: var(--n-rail-height);
 border-radius: 5px;
 background-color: var(--n-rail-color);
 transition: background-color .3s var(--n-bezier);
 `,[N(`progress-graph-line-fill`,`
 background: var(--n-fill-color);
 position: relative;
 border-radius: 5px;
 height: inherit;
 width: 100%;
 max-width: 0%;
 transition:
 background-color .3s var(--n-bezier),
 max-width .2s var(--n-bezier);
 `,[h(`processing`,[k(`&::after`,`
 content: "";
 background-image: var(--n-line-bg-processing);
 animation: progress-processing-animation 2s var(--n-bezier) infinite;
 `)])])])])])]),k(`@keyframes progress-processing-animation`,`
 0% {
 position: absolute;
 left: 0;
 top: 0;
 bottom: 0;
 right: 100%;
 opacity: 1;
 }
 66% {
 position: absolute;
 left: 0;
 top: 0;
 bottom: 0;
 right: 0;
 opacity: 0;
 }
 100% {
 position: absolute;
 left: 0;
 top: 0;
 bottom: 0;
 right: 0;
 opacity: 0;
 }
 `)]),_e=[`aria-valuenow`,`role`],ve={...M.props,processing:Boolean,type:{type:String,default:`line`},gapDegree:Number,gapOffsetDegree:Number,status:{type:String,default:`default`},railColor:[String,Array],railStyle:[String,Array],color:[String,Array,Object],viewBoxWidth:{type:Number,default:100},strokeWidth:{type:Number,default:7},percentage:[Number,Array],unit:{type:String,default:`%`},showIndicator:{type:Boolean,default:!0},indicatorPosition:{type:String,default:`outside`},indicatorPlacement:{type:String,default:`outside`},indicatorTextColor:String,circleGap:{type:Number,default:1},height:Number,borderRadius:[String,Number],fillBorderRadius:[String,Number],offsetDegree:Number},ye=n({name:`Progress`,props:ve,setup(e){let t=o(()=>e.indicatorPlacement||e.indicatorPosition),n=o(()=>{if(e.gapDegree||e.gapDegree===0)return e.gapDegree;if(e.type===`dashboard`)return 75}),{mergedClsPrefixRef:r,inlineThemeDisabled:i}=g(e),a=M(`Progress`,`-progress`,ge,re,e,r),s=o(()=>{let{status:t}=e,{common:{cubicBezierEaseInOut:n},self:{fontSize:r,fontSizeCircle:i,railColor:o,railHeight:s,iconSizeCircle:c,iconSizeLine:l,textColorCircle:u,textColorLineInner:d,textColorLineOuter:f,lineBgProcessing:p,fontWeightCircle:m,[j(`iconColor`,t)]:h,[j(`fillColor`,t)]:g}}=a.value;return{"--n-bezier":n,"--n-fill-color":g,"--n-font-size":r,"--n-font-size-circle":i,"--n-font-weight-circle":m,"--n-icon-color":h,"--n-icon-size-circle":c,"--n-icon-size-line":l,"--n-line-bg-processing":p,"--n-rail-color":o,"--n-rail-height":s,"--n-text-color-circle":u,"--n-text-color-line-inner":d,"--n-text-color-line-outer":f}}),c=i?m(`progress`,o(()=>e.status[0]),s,e):void 0;return{mergedClsPrefix:r,mergedIndicatorPlacement:t,gapDeg:n,cssVars:i?void 0:s,themeClass:c?.themeClass,onRender:c?.onRender}},render(){let{type:e,cssVars:t,indicatorTextColor:n,showIndicator:r,status:i,railColor:o,railStyle:c,color:l,percentage:u,viewBoxWidth:d,strokeWidth:p,mergedIndicatorPlacement:m,unit:h,borderRadius:g,fillBorderRadius:v,height:b,processing:x,circleGap:S,mergedClsPrefix:C,gapDeg:w,gapOffsetDegree:D,themeClass:O,$slots:k,onRender:A}=this;return A?.(),T(),y(`div`,{class:f([O,`${C}-progress`,`${C}-progress--${e}`,`${C}-progress--${i}`]),style:P(t),"aria-valuemax":100,"aria-valuemin":0,"aria-valuenow":u,role:e===`circle`||e===`line`||e===`dashboard`?`progressbar`:`none`},[e===`circle`||e===`dashboard`?(T(),E(G,{key:0,clsPrefix:C,status:i,showIndicator:r,indicatorTextColor:n,railColor:o,fillColor:l,railStyle:c,offsetDegree:this.offsetDegree,percentage:u,viewBoxWidth:d,strokeWidth:p,gapDegree:w===void 0?e===`dashboard`?75:0:w,gapOffsetDegree:D,unit:h},a(k),1032,[`clsPrefix`,`status`,`showIndicator`,`indicatorTextColor`,`railColor`,`fillColor`,`railStyle`,`offsetDegree`,`percentage`,`viewBoxWidth`,`strokeWidth`,`gapDegree`,`gapOffsetDegree`,`unit`])):(T(),y(_,{key:1},[e===`line`?(T(),E(ce,{key:0,clsPrefix:C,status:i,showIndicator:r,indicatorTextColor:n,railColor:o,fillColor:l,railStyle:c,percentage:u,processing:x,indicatorPlacement:m,unit:h,fillBorderRadius:v,railBorderRadius:g,height:b},a(k),1032,[`clsPrefix`,`status`,`showIndicator`,`indicatorTextColor`,`railColor`,`fillColor`,`railStyle`,`percentage`,`processing`,`indicatorPlacement`,`unit`,`fillBorderRadius`,`railBorderRadius`,`height`])):(T(),y(_,{key:1},[e===`multiple-circle`?(T(),E(he,{key:0,clsPrefix:C,strokeWidth:p,railColor:o,fillColor:l,railStyle:c,viewBoxWidth:d,percentage:u,showIndicator:r,circleGap:S},a(k),1032,[`clsPrefix`,`strokeWidth`,`railColor`,`fillColor`,`railStyle`,`viewBoxWidth`,`percentage`,`showIndicator`,`circleGap`])):s(()=>null)],64))],64))],14,_e)}}),be=/^\d+_/;function xe(e){return[...e.dataTransfer?.types??[]].includes(`Files`)}async function Se(e){let t=[...e.dataTransfer?.files??[]].map(e=>({file:e,name:e.name})),n=[...e.dataTransfer?.items??[]].map(e=>e.webkitGetAsEntry()).filter(e=>e!==null);return n.length?J((await Promise.all(n.map(e=>Y(e,``)))).flat()):t}function Ce(e){let t=[...e.files??[]].map(e=>({file:e,name:e.webkitRelativePath||e.name}));return e.value=``,J(t)}function J(e){let t=new Set(e.map(e=>e.name.includes(`/`)?e.name.split(`/`)[0]:``)),[n]=t;return t.size!==1||!n||be.test(n)?e:e.map(e=>({...e,name:e.name.slice(n.length+1)}))}async function Y(e,t){let n=t+e.name;if(e.isFile)return[{file:await new Promise((t,n)=>e.file(t,n)),name:n}];let r=await we(e.createReader());return(await Promise.all(r.map(e=>Y(e,`${n}/`)))).flat()}async function we(e){let t=[];for(;;){let n=await new Promise((t,n)=>e.readEntries(t,n));if(!n.length)return t;t.push(...n)}}var Te=24e6,Ee=40,X=d([]),Z=new Map,De=0;function Q(){return{uploads:X,start:Oe,stop:ke,forget:Ae}}async function Oe(e,t){let n=t.reduce((e,t)=>e+t.file.size,0),i=r({key:De+=1,folder:e,files:t.length,bytes:n,sent:0,added:0,skipped:[],state:`running`,error:null});X.value=[i,...X.value];let a=new AbortController;Z.set(i.key,a);try{for(let e of $(t))await je(i,e,a.signal);i.state=`done`}catch(e){i.state=a.signal.aborted?`stopped`:`failed`,i.error=e}finally{Z.delete(i.key)}return i}function ke(e){Z.get(e.key)?.abort()}function Ae(e){X.value=X.value.filter(t=>t.key!==e.key)}function $(e){let t=[],n=1/0;for(let r of e){let e=t.at(-1);!e||n+r.file.size>Te||e.length>=Ee?(t.push([r]),n=r.file.size):(e.push(r),n+=r.file.size)}return t}async function je(e,t,n){let r=e.sent,i=t.reduce((e,t)=>e+t.file.size,0),a=await Me(e.folder,t,n,t=>e.sent=r+Math.round(i*t));e.sent=r+i,e.added+=a.added.length,e.skipped.push(...a.skipped)}function Me(e,t,n,r){let i=new FormData;for(let e of t)i.append(`files`,e.file,e.name);return new Promise((t,a)=>{let o=new XMLHttpRequest;o.open(`POST`,x(`api/datasets/upload?path=${encodeURIComponent(e)}`)),o.responseType=`json`,o.upload.onprogress=e=>e.lengthComputable&&r(e.loaded/e.total),o.onload=()=>{if(o.status<300)return t(o.response);let e=o.response?.errors;return a(new C(o.status,e??[{code:`http-${o.status}`,message:o.statusText,hint:``}]))},o.onerror=()=>a(new C(0,[{code:`unreachable`,message:``,hint:``}])),o.onabort=()=>a(new DOMException(`stopped`,`AbortError`)),n.addEventListener(`abort`,()=>o.abort()),o.send(i)})}var Ne=[`aria-label`],Pe={class:`line`},Fe=[`title`],Ie={class:`numbers words`,"aria-live":`polite`},Le={class:`skip`},Re={class:`mono`},ze=O(n({__name:`UploadStatus`,setup(e){let{t:n,te:r}=w(),{uploads:a,stop:o,forget:s}=Q(),{show:d}=D();function f(e){return e.bytes?Math.floor(100*e.sent/e.bytes):100}function p(e,t){return r(`datasets.reasons.${e}`)?n(`datasets.reasons.${e}`):t}function m(e){if(e.state===`running`&&e.sent>=e.bytes)return n(`datasets.upload.unpacking`);let t={n:I(e.added),all:I(e.files),sent:z(e.sent),bytes:z(e.bytes)};return n(`datasets.upload.${e.state}`,t)}return(e,r)=>u(a).length?(T(),y(`section`,{key:0,class:`uploads`,"aria-label":u(n)(`datasets.upload.title`)},[(T(!0),y(_,null,S(u(a),e=>(T(),y(`article`,{key:e.key,class:`upload`},[l(`div`,Pe,[l(`span`,{class:`folder`,title:e.folder},i(e.folder.split(/[\\/]/).slice(-2).join(`/`)),9,Fe),l(`span`,Ie,i(m(e)),1),e.state===`failed`?(T(),E(u(t),{key:0,size:`tiny`,onClick:t=>u(d)(e.error)},{default:A(()=>[v(i(u(n)(`datasets.upload.why`)),1)]),_:1},8,[`onClick`])):c(``,!0),e.state===`running`?(T(),E(u(t),{key:1,size:`tiny`,onClick:t=>u(o)(e)},{default:A(()=>[v(i(u(n)(`datasets.upload.stop`)),1)]),_:1},8,[`onClick`])):(T(),E(u(t),{key:2,size:`tiny`,quaternary:``,onClick:t=>u(s)(e)},{default:A(()=>[v(i(u(n)(`common.close`)),1)]),_:1},8,[`onClick`]))]),e.state===`running`?(T(),E(u(ye),{key:0,percentage:f(e),height:6,"show-indicator":!1,"aria-label":u(n)(`datasets.upload.title`)},null,8,[`percentage`,`aria-label`])):c(``,!0),e.skipped.length?(T(),E(u(ee),{key:1},{default:A(()=>[b(u(te),{title:u(n)(`datasets.upload.skipped`,{n:u(I)(e.skipped.length)})},{default:A(()=>[b(u(ne),{class:`skipped`,items:e.skipped.map((e,t)=>({...e,key:t})),"item-size":30},{default:A(({item:e})=>[l(`div`,Le,[l(`span`,Re,i(e.name),1),l(`span`,null,i(p(e.code,e.reason)),1)])]),_:1},8,[`items`])]),_:2},1032,[`title`])]),_:2},1024)):c(``,!0)]))),128))],8,Ne)):c(``,!0)}}),[[`__scopeId`,`data-v-77685727`]]);function Be(e,t){let[n,...r]=e.folders,i=t.every(e=>!e.name.includes(`/`));return n&&!r.length&&i?n.path:e.path}export{Se as a,Ce as i,ze as n,xe as o,Q as r,Be as t};