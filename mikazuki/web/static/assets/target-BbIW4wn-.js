import{$t as e,An as t,At as n,D as r,Gn as i,H as a,In as o,Kn as s,O as c,Ot as l,Pt as u,Qt as d,Rn as f,Tt as p,Un as m,V as h,Zt as g,an as _,c as v,en as y,h as b,i as x,nn as S,o as C,q as w,qt as T,rn as E,s as D,tn as O,wt as k,xn as ee,yn as A,z as j}from"./failure-DdhVUdvy.js";import{Z as M,t as N}from"./Button-5vQ51-9u.js";import{s as P}from"./Popover-plkY3GcX.js";import{n as te,t as ne}from"./CollapseItem-BMdxavzd.js";import{t as re}from"./VirtualList-CyptHBgo.js";import{a as F,at as I,it as L,k as ie,n as R,nt as z,rt as B}from"./index-DU_01afT.js";var ae=[`id`],oe=[`stop-color`],se=[`stop-color`],V=[`viewBox`],H=[`d`,`stroke-width`],U=[`d`,`stroke-width`],W={success:(A(),e(B)),error:(A(),e(I)),warning:(A(),e(z)),info:(A(),e(L))},G=_({name:`ProgressCircle`,props:{clsPrefix:{type:String,required:!0},status:{type:String,required:!0},strokeWidth:{type:Number,required:!0},fillColor:[String,Object],railColor:String,railStyle:[String,Object],percentage:{type:Number,default:0},offsetDegree:{type:Number,default:0},showIndicator:{type:Boolean,required:!0},indicatorTextColor:String,unit:String,viewBoxWidth:{type:Number,required:!0},gapDegree:{type:Number,required:!0},gapOffsetDegree:{type:Number,default:0}},setup(t,{slots:n}){let r=g(()=>{let e=`gradient`,{fillColor:n}=t;return typeof n==`object`?`${e}-${u(JSON.stringify(n))}`:e});function o(e,n,i,a){let{gapDegree:o,viewBoxWidth:s,strokeWidth:c}=t,l=50+c/2,u=`M ${l},${l} m 0,50
      a 50,50 0 1 1 0,-100
      a 50,50 0 1 1 0,100`,d=Math.PI*2*50;return{pathString:u,pathStyle:{stroke:a===`rail`?i:typeof t.fillColor==`object`?`url(#${r.value})`:i,strokeDasharray:`${Math.min(e,100)/100*(d-o)}px ${s*8}px`,strokeDashoffset:`-${o/2}px`,transformOrigin:n?`center`:void 0,transform:n?`rotate(${n}deg)`:void 0}}}let s=()=>{let e=typeof t.fillColor==`object`,n=e?t.fillColor.stops[0]:``,i=e?t.fillColor.stops[1]:``;return e&&(A(),O(`defs`,null,[d(`linearGradient`,{id:r.value,x1:`0%`,y1:`100%`,x2:`100%`,y2:`0%`},[d(`stop`,{offset:`0%`,"stop-color":n},null,8,oe),d(`stop`,{offset:`100%`,"stop-color":i},null,8,se)],8,ae)]))};return()=>{let{fillColor:r,railColor:c,strokeWidth:l,offsetDegree:u,status:f,percentage:p,showIndicator:m,indicatorTextColor:h,unit:g,gapOffsetDegree:_,clsPrefix:v}=t,{pathString:y,pathStyle:b}=o(100,0,c,`rail`),{pathString:x,pathStyle:S}=o(p,u,r,`fill`),C=100+l;return A(),O(`div`,{class:j(`${v}-progress-content`),role:`none`},[d(`div`,{class:j(`${v}-progress-graph`),"aria-hidden":!0},[d(`div`,{class:j(`${v}-progress-graph-circle`),style:i({transform:_?`rotate(${_}deg)`:void 0})},[(A(),O(`svg`,{viewBox:`0 0 ${C} ${C}`},[a(()=>s()),d(`g`,null,[d(`path`,{class:j(`${v}-progress-graph-circle-rail`),d:y,"stroke-width":l,"stroke-linecap":`round`,fill:`none`,style:i(b)},null,14,H)]),d(`g`,null,[d(`path`,{class:j([`${v}-progress-graph-circle-fill`,p===0&&`${v}-progress-graph-circle-fill--empty`]),d:x,"stroke-width":l,"stroke-linecap":`round`,fill:`none`,style:i(S)},null,14,U)])],8,V))],6)],2),m?(A(),O(`div`,{key:0},[n.default?(A(),O(`div`,{key:0,class:j(`${v}-progress-custom-content`),role:`none`},[a(()=>n.default())],2)):(A(),O(T,{key:1},[f==="default"?(A(),O(`div`,{key:1,class:j(`${v}-progress-text`),style:i({color:h}),role:`none`},[d(`span`,{class:j(`${v}-progress-text__percentage`)},[a(()=>p)],2),d(`span`,{class:j(`${v}-progress-text__unit`)},[a(()=>g)],2)],6)):(A(),O(`div`,{key:0,class:j(`${v}-progress-icon`),"aria-hidden":!0},[(A(),e(M,{clsPrefix:v},{default:()=>W[f]},1032,[`clsPrefix`]))],2))],64))])):a(()=>null)],2)}}}),K={success:(A(),e(B)),error:(A(),e(I)),warning:(A(),e(z)),info:(A(),e(L))},ce=_({name:`ProgressLine`,props:{clsPrefix:{type:String,required:!0},percentage:{type:Number,default:0},railColor:String,railStyle:[String,Object],fillColor:[String,Object],status:{type:String,required:!0},indicatorPlacement:{type:String,required:!0},indicatorTextColor:String,unit:{type:String,default:`%`},processing:{type:Boolean,required:!0},showIndicator:{type:Boolean,required:!0},height:[String,Number],railBorderRadius:[String,Number],fillBorderRadius:[String,Number]},setup(t,{slots:n}){let r=g(()=>P(t.height)),o=g(()=>typeof t.fillColor==`object`?`linear-gradient(to right, ${t.fillColor?.stops[0]} , ${t.fillColor?.stops[1]})`:t.fillColor),s=g(()=>t.railBorderRadius===void 0?t.height===void 0?``:P(t.height,{c:.5}):P(t.railBorderRadius)),c=g(()=>t.fillBorderRadius===void 0?t.railBorderRadius===void 0?t.height===void 0?``:P(t.height,{c:.5}):P(t.railBorderRadius):P(t.fillBorderRadius));return()=>{let{indicatorPlacement:l,railColor:u,railStyle:f,percentage:p,unit:m,indicatorTextColor:h,status:g,showIndicator:_,processing:v,clsPrefix:y}=t;return A(),O(`div`,{class:j(`${y}-progress-content`),role:`none`},[d(`div`,{class:j(`${y}-progress-graph`),"aria-hidden":!0},[d(`div`,{class:j([`${y}-progress-graph-line`,{[`${y}-progress-graph-line--indicator-${l}`]:!0}])},[d(`div`,{class:j(`${y}-progress-graph-line-rail`),style:i([{backgroundColor:u,height:r.value,borderRadius:s.value},f])},[d(`div`,{class:j([`${y}-progress-graph-line-fill`,v&&`${y}-progress-graph-line-fill--processing`]),style:i({maxWidth:`${t.percentage}%`,background:o.value,height:r.value,lineHeight:r.value,borderRadius:c.value})},[l===`inside`?(A(),O(`div`,{key:0,class:j(`${y}-progress-graph-line-indicator`),style:i({color:h})},[n.default?(A(),O(T,{key:0},[a(()=>n.default())],64)):(A(),O(T,{key:1},[a(()=>`${p}${m}`)],64))],6)):a(()=>null)],6)],6)],2)],2),_&&l===`outside`?(A(),O(`div`,{key:0},[n.default?(A(),O(`div`,{key:0,class:j(`${y}-progress-custom-content`),style:i({color:h}),role:`none`},[a(()=>n.default())],6)):(A(),O(T,{key:1},[g==="default"?(A(),O(`div`,{key:0,role:`none`,class:j(`${y}-progress-icon ${y}-progress-icon--as-text`),style:i({color:h})},[a(()=>p),a(()=>m)],6)):(A(),O(`div`,{key:1,class:j(`${y}-progress-icon`),"aria-hidden":!0},[(A(),e(M,{clsPrefix:y},{default:()=>K[g]},1032,[`clsPrefix`]))],2))],64))])):a(()=>null)],2)}}}),le=[`id`],ue=[`stop-color`],de=[`stop-color`],fe=[`d`,`stroke-width`],pe=[`d`,`stroke-width`],me=[`viewBox`];function q(e,t,n=100){return`m ${n/2} ${n/2-e} a ${e} ${e} 0 1 1 0 ${2*e} a ${e} ${e} 0 1 1 0 -${2*e}`}var he=_({name:`ProgressMultipleCircle`,props:{clsPrefix:{type:String,required:!0},viewBoxWidth:{type:Number,required:!0},percentage:{type:Array,default:[0]},strokeWidth:{type:Number,required:!0},circleGap:{type:Number,required:!0},showIndicator:{type:Boolean,required:!0},fillColor:{type:Array,default:()=>[]},railColor:{type:Array,default:()=>[]},railStyle:{type:Array,default:()=>[]}},setup(e,{slots:t}){let n=g(()=>e.percentage.map((t,n)=>`${Math.PI*t/100*(e.viewBoxWidth/2-e.strokeWidth/2*(1+2*n)-e.circleGap*n)*2}, ${e.viewBoxWidth*8}`)),r=(t,n)=>{let r=e.fillColor[n],i=typeof r==`object`?r.stops[0]:``,a=typeof r==`object`?r.stops[1]:``;return typeof e.fillColor[n]==`object`&&(A(),O(`linearGradient`,{id:`gradient-${n}`,x1:`100%`,y1:`0%`,x2:`0%`,y2:`100%`},[d(`stop`,{offset:`0%`,"stop-color":i},null,8,ue),d(`stop`,{offset:`100%`,"stop-color":a},null,8,de)],8,le))};return()=>{let{viewBoxWidth:o,strokeWidth:s,circleGap:c,showIndicator:l,fillColor:u,railColor:f,railStyle:p,percentage:m,clsPrefix:h}=e;return A(),O(`div`,{class:j(`${h}-progress-content`),role:`none`},[d(`div`,{class:j(`${h}-progress-graph`),"aria-hidden":!0},[d(`div`,{class:j(`${h}-progress-graph-circle`)},[(A(),O(`svg`,{viewBox:`0 0 ${o} ${o}`},[d(`defs`,null,[a(()=>m.map((e,t)=>r(e,t)))]),a(()=>m.map((e,t)=>(A(),O(`g`,{key:t},[d(`path`,{class:j(`${h}-progress-graph-circle-rail`),d:q(o/2-s/2*(1+2*t)-c*t,s,o),"stroke-width":s,"stroke-linecap":`round`,fill:`none`,style:i([{strokeDashoffset:0,stroke:f[t]},p[t]])},null,14,fe),d(`path`,{class:j([`${h}-progress-graph-circle-fill`,e===0&&`${h}-progress-graph-circle-fill--empty`]),d:q(o/2-s/2*(1+2*t)-c*t,s,o),"stroke-width":s,"stroke-linecap":`round`,fill:`none`,style:i({strokeDasharray:n.value[t],strokeDashoffset:0,stroke:typeof u[t]==`object`?`url(#gradient-${t})`:u[t]})},null,14,pe)]))))],8,me))],2)],2),l&&t.default?(A(),O(`div`,{key:0},[d(`div`,{class:j(`${h}-progress-text`)},[a(()=>t.default())],2)])):a(()=>null)],2)}}}),ge=k([p(`progress`,{display:`inline-block`},[p(`progress-icon`,`
 color: var(--n-icon-color);
 transition: color .3s var(--n-bezier);
 `),l(`line`,`
 width: 100%;
 display: block;
 `,[p(`progress-content`,`
 display: flex;
 align-items: center;
 `,[p(`progress-graph`,{flex:1})]),p(`progress-custom-content`,{marginLeft:`14px`}),p(`progress-icon`,`
 width: 30px;
 padding-left: 14px;
 height: var(--n-icon-size-line);
 line-height: var(--n-icon-size-line);
 font-size: var(--n-icon-size-line);
 `,[l(`as-text`,`
 color: var(--n-text-color-line-outer);
 text-align: center;
 width: 40px;
 font-size: var(--n-font-size);
 padding-left: 4px;
 transition: color .3s var(--n-bezier);
 `)])]),l(`circle, dashboard`,{width:`120px`},[p(`progress-custom-content`,`
 position: absolute;
 left: 50%;
 top: 50%;
 transform: translateX(-50%) translateY(-50%);
 display: flex;
 align-items: center;
 justify-content: center;
 `),p(`progress-text`,`
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
 `),p(`progress-icon`,`
 position: absolute;
 left: 50%;
 top: 50%;
 transform: translateX(-50%) translateY(-50%);
 display: flex;
 align-items: center;
 color: var(--n-icon-color);
 font-size: var(--n-icon-size-circle);
 `)]),l(`multiple-circle`,`
 width: 200px;
 color: inherit;
 `,[p(`progress-text`,`
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
 `)]),p(`progress-content`,{position:`relative`}),p(`progress-graph`,{position:`relative`},[p(`progress-graph-circle`,[k(`svg`,{verticalAlign:`bottom`}),p(`progress-graph-circle-fill`,`
 stroke: var(--n-fill-color);
 transition:
 opacity .3s var(--n-bezier),
 stroke .3s var(--n-bezier),
 stroke-dasharray .3s var(--n-bezier);
 `,[l(`empty`,{opacity:0})]),p(`progress-graph-circle-rail`,`
 transition: stroke .3s var(--n-bezier);
 overflow: hidden;
 stroke: var(--n-rail-color);
 `)]),p(`progress-graph-line`,[l(`indicator-inside`,[p(`progress-graph-line-rail`,`
 height: 16px;
 line-height: 16px;
 border-radius: 10px;
 `,[p(`progress-graph-line-fill`,`
 height: inherit;
 border-radius: 10px;
 `),p(`progress-graph-line-indicator`,`
 background: #0000;
 white-space: nowrap;
 text-align: right;
 margin-left: 14px;
 margin-right: 14px;
 height: inherit;
 font-size: 12px;
 color: var(--n-text-color-line-inner);
 transition: color .3s var(--n-bezier);
 `)])]),l(`indicator-inside-label`,`
 height: 16px;
 display: flex;
 align-items: center;
 `,[p(`progress-graph-line-rail`,`
 flex: 1;
 transition: background-color .3s var(--n-bezier);
 `),p(`progress-graph-line-indicator`,`
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
 `)]),p(`progress-graph-line-rail`,`
 position: relative;
 overflow: hidden;
 height: var(--n-rail-height);
 border-radius: 5px;
 background-color: var(--n-rail-color);
 transition: background-color .3s var(--n-bezier);
 `,[p(`progress-graph-line-fill`,`
 background: var(--n-fill-color);
 position: relative;
 border-radius: 5px;
 height: inherit;
 width: 100%;
 max-width: 0%;
 transition:
 background-color .3s var(--n-bezier),
 max-width .2s var(--n-bezier);
 `,[l(`processing`,[k(`&::after`,`
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
 `)]),_e=[`aria-valuenow`,`role`],ve={...r.props,processing:Boolean,type:{type:String,default:`line`},gapDegree:Number,gapOffsetDegree:Number,status:{type:String,default:`default`},railColor:[String,Array],railStyle:[String,Array],color:[String,Array,Object],viewBoxWidth:{type:Number,default:100},strokeWidth:{type:Number,default:7},percentage:[Number,Array],unit:{type:String,default:`%`},showIndicator:{type:Boolean,default:!0},indicatorPosition:{type:String,default:`outside`},indicatorPlacement:{type:String,default:`outside`},indicatorTextColor:String,circleGap:{type:Number,default:1},height:Number,borderRadius:[String,Number],fillBorderRadius:[String,Number],offsetDegree:Number},ye=_({name:`Progress`,props:ve,setup(e){let t=g(()=>e.indicatorPlacement||e.indicatorPosition),i=g(()=>{if(e.gapDegree||e.gapDegree===0)return e.gapDegree;if(e.type===`dashboard`)return 75}),{mergedClsPrefixRef:a,inlineThemeDisabled:o}=w(e),s=r(`Progress`,`-progress`,ge,ie,e,a),l=g(()=>{let{status:t}=e,{common:{cubicBezierEaseInOut:r},self:{fontSize:i,fontSizeCircle:a,railColor:o,railHeight:c,iconSizeCircle:l,iconSizeLine:u,textColorCircle:d,textColorLineInner:f,textColorLineOuter:p,lineBgProcessing:m,fontWeightCircle:h,[n(`iconColor`,t)]:g,[n(`fillColor`,t)]:_}}=s.value;return{"--n-bezier":r,"--n-fill-color":_,"--n-font-size":i,"--n-font-size-circle":a,"--n-font-weight-circle":h,"--n-icon-color":g,"--n-icon-size-circle":l,"--n-icon-size-line":u,"--n-line-bg-processing":m,"--n-rail-color":o,"--n-rail-height":c,"--n-text-color-circle":d,"--n-text-color-line-inner":f,"--n-text-color-line-outer":p}}),u=o?c(`progress`,g(()=>e.status[0]),l,e):void 0;return{mergedClsPrefix:a,mergedIndicatorPlacement:t,gapDeg:i,cssVars:o?void 0:l,themeClass:u?.themeClass,onRender:u?.onRender}},render(){let{type:t,cssVars:n,indicatorTextColor:r,showIndicator:o,status:s,railColor:c,railStyle:l,color:u,percentage:d,viewBoxWidth:f,strokeWidth:p,mergedIndicatorPlacement:m,unit:g,borderRadius:_,fillBorderRadius:v,height:y,processing:b,circleGap:x,mergedClsPrefix:S,gapDeg:C,gapOffsetDegree:w,themeClass:E,$slots:D,onRender:k}=this;return k?.(),A(),O(`div`,{class:j([E,`${S}-progress`,`${S}-progress--${t}`,`${S}-progress--${s}`]),style:i(n),"aria-valuemax":100,"aria-valuemin":0,"aria-valuenow":d,role:t===`circle`||t===`line`||t===`dashboard`?`progressbar`:`none`},[t===`circle`||t===`dashboard`?(A(),e(G,{key:0,clsPrefix:S,status:s,showIndicator:o,indicatorTextColor:r,railColor:c,fillColor:u,railStyle:l,offsetDegree:this.offsetDegree,percentage:d,viewBoxWidth:f,strokeWidth:p,gapDegree:C===void 0?t===`dashboard`?75:0:C,gapOffsetDegree:w,unit:g},h(D),1032,[`clsPrefix`,`status`,`showIndicator`,`indicatorTextColor`,`railColor`,`fillColor`,`railStyle`,`offsetDegree`,`percentage`,`viewBoxWidth`,`strokeWidth`,`gapDegree`,`gapOffsetDegree`,`unit`])):(A(),O(T,{key:1},[t===`line`?(A(),e(ce,{key:0,clsPrefix:S,status:s,showIndicator:o,indicatorTextColor:r,railColor:c,fillColor:u,railStyle:l,percentage:d,processing:b,indicatorPlacement:m,unit:g,fillBorderRadius:v,railBorderRadius:_,height:y},h(D),1032,[`clsPrefix`,`status`,`showIndicator`,`indicatorTextColor`,`railColor`,`fillColor`,`railStyle`,`percentage`,`processing`,`indicatorPlacement`,`unit`,`fillBorderRadius`,`railBorderRadius`,`height`])):(A(),O(T,{key:1},[t===`multiple-circle`?(A(),e(he,{key:0,clsPrefix:S,strokeWidth:p,railColor:c,fillColor:u,railStyle:l,viewBoxWidth:f,percentage:d,showIndicator:o,circleGap:x},h(D),1032,[`clsPrefix`,`strokeWidth`,`railColor`,`fillColor`,`railStyle`,`viewBoxWidth`,`percentage`,`showIndicator`,`circleGap`])):a(()=>null)],64))],64))],14,_e)}}),be=/^\d+_/;function xe(e){return[...e.dataTransfer?.types??[]].includes(`Files`)}async function Se(e){let t=[...e.dataTransfer?.files??[]].map(e=>({file:e,name:e.name})),n=[...e.dataTransfer?.items??[]].map(e=>e.webkitGetAsEntry()).filter(e=>e!==null);return n.length?J((await Promise.all(n.map(e=>Y(e,``)))).flat()):t}function Ce(e){let t=[...e.files??[]].map(e=>({file:e,name:e.webkitRelativePath||e.name}));return e.value=``,J(t)}function J(e){let t=new Set(e.map(e=>e.name.includes(`/`)?e.name.split(`/`)[0]:``)),[n]=t;return t.size!==1||!n||be.test(n)?e:e.map(e=>({...e,name:e.name.slice(n.length+1)}))}async function Y(e,t){let n=t+e.name;if(e.isFile)return[{file:await new Promise((t,n)=>e.file(t,n)),name:n}];let r=await we(e.createReader());return(await Promise.all(r.map(e=>Y(e,`${n}/`)))).flat()}async function we(e){let t=[];for(;;){let n=await new Promise((t,n)=>e.readEntries(t,n));if(!n.length)return t;t.push(...n)}}var Te=24e6,Ee=40,X=f([]),Z=new Map,De=0;function Q(){return{uploads:X,start:Oe,stop:ke,forget:Ae}}async function Oe(e,t){let n=t.reduce((e,t)=>e+t.file.size,0),r=o({key:De+=1,folder:e,files:t.length,bytes:n,sent:0,added:0,skipped:[],state:`running`,error:null});X.value=[r,...X.value];let i=new AbortController;Z.set(r.key,i);try{for(let e of $(t))await je(r,e,i.signal);r.state=`done`}catch(e){r.state=i.signal.aborted?`stopped`:`failed`,r.error=e}finally{Z.delete(r.key)}return r}function ke(e){Z.get(e.key)?.abort()}function Ae(e){X.value=X.value.filter(t=>t.key!==e.key)}function $(e){let t=[],n=1/0;for(let r of e){let e=t.at(-1);!e||n+r.file.size>Te||e.length>=Ee?(t.push([r]),n=r.file.size):(e.push(r),n+=r.file.size)}return t}async function je(e,t,n){let r=e.sent,i=t.reduce((e,t)=>e+t.file.size,0),a=await Me(e.folder,t,n,t=>e.sent=r+Math.round(i*t));e.sent=r+i,e.added+=a.added.length,e.skipped.push(...a.skipped)}function Me(e,t,n,r){let i=new FormData;for(let e of t)i.append(`files`,e.file,e.name);return new Promise((t,a)=>{let o=new XMLHttpRequest;o.open(`POST`,v(`api/datasets/upload?path=${encodeURIComponent(e)}`)),o.responseType=`json`,o.upload.onprogress=e=>e.lengthComputable&&r(e.loaded/e.total),o.onload=()=>{if(o.status<300)return t(o.response);let e=o.response?.errors;return a(new D(o.status,e??[{code:`http-${o.status}`,message:o.statusText,hint:``}]))},o.onerror=()=>a(new D(0,[{code:`unreachable`,message:``,hint:``}])),o.onabort=()=>a(new DOMException(`stopped`,`AbortError`)),n.addEventListener(`abort`,()=>o.abort()),o.send(i)})}var Ne=[`aria-label`],Pe={class:`line`},Fe=[`title`],Ie={class:`numbers words`,"aria-live":`polite`},Le={class:`skip`},Re={class:`mono`},ze=C(_({__name:`UploadStatus`,setup(n){let{t:r,te:i}=b(),{uploads:a,stop:o,forget:c}=Q(),{show:l}=x();function u(e){return e.bytes?Math.floor(100*e.sent/e.bytes):100}function f(e,t){return i(`datasets.reasons.${e}`)?r(`datasets.reasons.${e}`):t}function p(e){if(e.state===`running`&&e.sent>=e.bytes)return r(`datasets.upload.unpacking`);let t={n:F(e.added),all:F(e.files),sent:R(e.sent),bytes:R(e.bytes)};return r(`datasets.upload.${e.state}`,t)}return(n,i)=>m(a).length?(A(),O(`section`,{key:0,class:`uploads`,"aria-label":m(r)(`datasets.upload.title`)},[(A(!0),O(T,null,ee(m(a),n=>(A(),O(`article`,{key:n.key,class:`upload`},[d(`div`,Pe,[d(`span`,{class:`folder`,title:n.folder},s(n.folder.split(/[\\/]/).slice(-2).join(`/`)),9,Fe),d(`span`,Ie,s(p(n)),1),n.state===`failed`?(A(),e(m(N),{key:0,size:`tiny`,onClick:e=>m(l)(n.error)},{default:t(()=>[S(s(m(r)(`datasets.upload.why`)),1)]),_:1},8,[`onClick`])):y(``,!0),n.state===`running`?(A(),e(m(N),{key:1,size:`tiny`,onClick:e=>m(o)(n)},{default:t(()=>[S(s(m(r)(`datasets.upload.stop`)),1)]),_:1},8,[`onClick`])):(A(),e(m(N),{key:2,size:`tiny`,quaternary:``,onClick:e=>m(c)(n)},{default:t(()=>[S(s(m(r)(`common.close`)),1)]),_:1},8,[`onClick`]))]),n.state===`running`?(A(),e(m(ye),{key:0,percentage:u(n),height:6,"show-indicator":!1,"aria-label":m(r)(`datasets.upload.title`)},null,8,[`percentage`,`aria-label`])):y(``,!0),n.skipped.length?(A(),e(m(te),{key:1},{default:t(()=>[E(m(ne),{title:m(r)(`datasets.upload.skipped`,{n:m(F)(n.skipped.length)})},{default:t(()=>[E(m(re),{class:`skipped`,items:n.skipped.map((e,t)=>({...e,key:t})),"item-size":30},{default:t(({item:e})=>[d(`div`,Le,[d(`span`,Re,s(e.name),1),d(`span`,null,s(f(e.code,e.reason)),1)])]),_:1},8,[`items`])]),_:2},1032,[`title`])]),_:2},1024)):y(``,!0)]))),128))],8,Ne)):y(``,!0)}}),[[`__scopeId`,`data-v-77685727`]]);function Be(e,t){let[n,...r]=e.folders,i=t.every(e=>!e.name.includes(`/`));return n&&!r.length&&i?n.path:e.path}export{Se as a,Ce as i,ze as n,xe as o,Q as r,Be as t};