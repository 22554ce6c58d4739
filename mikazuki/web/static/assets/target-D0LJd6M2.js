import{$n as e,Bt as t,Cr as n,Ct as r,Fn as i,Gt as a,Jr as o,Kr as s,Ln as c,Mn as l,Nr as u,Rt as d,St as f,Tr as p,Vn as m,Vr as h,Vt as g,Yr as _,a as v,ar as y,bt as b,cr as x,d as S,i as C,ir as w,jn as T,lr as E,or as D,r as O,rr as k,sr as A,t as j,ur as M,v as N,zr as ee}from"./_plugin-vue_export-helper-DwV3C7qz.js";import{s as P}from"./Popover-eQDYrjTb.js";import{n as te,r as ne}from"./actions-pSx2isoq.js";import{t as re}from"./VirtualList-rfoJttbl.js";import{E as ie,Q as F,X as I,Y as L,Z as R,i as z,t as B}from"./index-5ayaQeka.js";var ae=[`id`],oe=[`stop-color`],se=[`stop-color`],V=[`viewBox`],H=[`d`,`stroke-width`],U=[`d`,`stroke-width`],W={success:(n(),y(I)),error:(n(),y(F)),warning:(n(),y(L)),info:(n(),y(R))},G=M({name:`ProgressCircle`,props:{clsPrefix:{type:String,required:!0},status:{type:String,required:!0},strokeWidth:{type:Number,required:!0},fillColor:[String,Object],railColor:String,railStyle:[String,Object],percentage:{type:Number,default:0},offsetDegree:{type:Number,default:0},showIndicator:{type:Boolean,required:!0},indicatorTextColor:String,unit:String,viewBoxWidth:{type:Number,required:!0},gapDegree:{type:Number,required:!0},gapOffsetDegree:{type:Number,default:0}},setup(t,{slots:r}){let i=k(()=>{let e=`gradient`,{fillColor:n}=t;return typeof n==`object`?`${e}-${m(JSON.stringify(n))}`:e});function a(e,n,r,a){let{gapDegree:o,viewBoxWidth:s,strokeWidth:c}=t,l=50+c/2,u=`M ${l},${l} m 0,50
      a 50,50 0 1 1 0,-100
      a 50,50 0 1 1 0,100`,d=Math.PI*2*50;return{pathString:u,pathStyle:{stroke:a===`rail`?r:typeof t.fillColor==`object`?`url(#${i.value})`:r,strokeDasharray:`${Math.min(e,100)/100*(d-o)}px ${s*8}px`,strokeDashoffset:`-${o/2}px`,transformOrigin:n?`center`:void 0,transform:n?`rotate(${n}deg)`:void 0}}}let s=()=>{let e=typeof t.fillColor==`object`,r=e?t.fillColor.stops[0]:``,a=e?t.fillColor.stops[1]:``;return e&&(n(),A(`defs`,null,[w(`linearGradient`,{id:i.value,x1:`0%`,y1:`100%`,x2:`100%`,y2:`0%`},[w(`stop`,{offset:`0%`,"stop-color":r},null,8,oe),w(`stop`,{offset:`100%`,"stop-color":a},null,8,se)],8,ae)]))};return()=>{let{fillColor:i,railColor:c,strokeWidth:l,offsetDegree:u,status:f,percentage:p,showIndicator:m,indicatorTextColor:h,unit:_,gapOffsetDegree:v,clsPrefix:x}=t,{pathString:S,pathStyle:C}=a(100,0,c,`rail`),{pathString:T,pathStyle:E}=a(p,u,i,`fill`),D=100+l;return n(),A(`div`,{class:d(`${x}-progress-content`),role:`none`},[w(`div`,{class:d(`${x}-progress-graph`),"aria-hidden":!0},[w(`div`,{class:d(`${x}-progress-graph-circle`),style:o({transform:v?`rotate(${v}deg)`:void 0})},[(n(),A(`svg`,{viewBox:`0 0 ${D} ${D}`},[g(()=>s()),w(`g`,null,[w(`path`,{class:d(`${x}-progress-graph-circle-rail`),d:S,"stroke-width":l,"stroke-linecap":`round`,fill:`none`,style:o(C)},null,14,H)]),w(`g`,null,[w(`path`,{class:d([`${x}-progress-graph-circle-fill`,p===0&&`${x}-progress-graph-circle-fill--empty`]),d:T,"stroke-width":l,"stroke-linecap":`round`,fill:`none`,style:o(E)},null,14,U)])],8,V))],6)],2),m?(n(),A(`div`,{key:0},[r.default?(n(),A(`div`,{key:0,class:d(`${x}-progress-custom-content`),role:`none`},[g(()=>r.default())],2)):(n(),A(e,{key:1},[f==="default"?(n(),A(`div`,{key:1,class:d(`${x}-progress-text`),style:o({color:h}),role:`none`},[w(`span`,{class:d(`${x}-progress-text__percentage`)},[g(()=>p)],2),w(`span`,{class:d(`${x}-progress-text__unit`)},[g(()=>_)],2)],6)):(n(),A(`div`,{key:0,class:d(`${x}-progress-icon`),"aria-hidden":!0},[(n(),y(b,{clsPrefix:x},{default:()=>W[f]},1032,[`clsPrefix`]))],2))],64))])):g(()=>null)],2)}}}),K={success:(n(),y(I)),error:(n(),y(F)),warning:(n(),y(L)),info:(n(),y(R))},ce=M({name:`ProgressLine`,props:{clsPrefix:{type:String,required:!0},percentage:{type:Number,default:0},railColor:String,railStyle:[String,Object],fillColor:[String,Object],status:{type:String,required:!0},indicatorPlacement:{type:String,required:!0},indicatorTextColor:String,unit:{type:String,default:`%`},processing:{type:Boolean,required:!0},showIndicator:{type:Boolean,required:!0},height:[String,Number],railBorderRadius:[String,Number],fillBorderRadius:[String,Number]},setup(t,{slots:r}){let i=k(()=>P(t.height)),a=k(()=>typeof t.fillColor==`object`?`linear-gradient(to right, ${t.fillColor?.stops[0]} , ${t.fillColor?.stops[1]})`:t.fillColor),s=k(()=>t.railBorderRadius===void 0?t.height===void 0?``:P(t.height,{c:.5}):P(t.railBorderRadius)),c=k(()=>t.fillBorderRadius===void 0?t.railBorderRadius===void 0?t.height===void 0?``:P(t.height,{c:.5}):P(t.railBorderRadius):P(t.fillBorderRadius));return()=>{let{indicatorPlacement:l,railColor:u,railStyle:f,percentage:p,unit:m,indicatorTextColor:h,status:_,showIndicator:v,processing:x,clsPrefix:S}=t;return n(),A(`div`,{class:d(`${S}-progress-content`),role:`none`},[w(`div`,{class:d(`${S}-progress-graph`),"aria-hidden":!0},[w(`div`,{class:d([`${S}-progress-graph-line`,{[`${S}-progress-graph-line--indicator-${l}`]:!0}])},[w(`div`,{class:d(`${S}-progress-graph-line-rail`),style:o([{backgroundColor:u,height:i.value,borderRadius:s.value},f])},[w(`div`,{class:d([`${S}-progress-graph-line-fill`,x&&`${S}-progress-graph-line-fill--processing`]),style:o({maxWidth:`${t.percentage}%`,background:a.value,height:i.value,lineHeight:i.value,borderRadius:c.value})},[l===`inside`?(n(),A(`div`,{key:0,class:d(`${S}-progress-graph-line-indicator`),style:o({color:h})},[r.default?(n(),A(e,{key:0},[g(()=>r.default())],64)):(n(),A(e,{key:1},[g(()=>`${p}${m}`)],64))],6)):g(()=>null)],6)],6)],2)],2),v&&l===`outside`?(n(),A(`div`,{key:0},[r.default?(n(),A(`div`,{key:0,class:d(`${S}-progress-custom-content`),style:o({color:h}),role:`none`},[g(()=>r.default())],6)):(n(),A(e,{key:1},[_==="default"?(n(),A(`div`,{key:0,role:`none`,class:d(`${S}-progress-icon ${S}-progress-icon--as-text`),style:o({color:h})},[g(()=>p),g(()=>m)],6)):(n(),A(`div`,{key:1,class:d(`${S}-progress-icon`),"aria-hidden":!0},[(n(),y(b,{clsPrefix:S},{default:()=>K[_]},1032,[`clsPrefix`]))],2))],64))])):g(()=>null)],2)}}}),le=[`id`],ue=[`stop-color`],de=[`stop-color`],fe=[`d`,`stroke-width`],pe=[`d`,`stroke-width`],me=[`viewBox`];function q(e,t,n=100){return`m ${n/2} ${n/2-e} a ${e} ${e} 0 1 1 0 ${2*e} a ${e} ${e} 0 1 1 0 -${2*e}`}var he=M({name:`ProgressMultipleCircle`,props:{clsPrefix:{type:String,required:!0},viewBoxWidth:{type:Number,required:!0},percentage:{type:Array,default:[0]},strokeWidth:{type:Number,required:!0},circleGap:{type:Number,required:!0},showIndicator:{type:Boolean,required:!0},fillColor:{type:Array,default:()=>[]},railColor:{type:Array,default:()=>[]},railStyle:{type:Array,default:()=>[]}},setup(e,{slots:t}){let r=k(()=>e.percentage.map((t,n)=>`${Math.PI*t/100*(e.viewBoxWidth/2-e.strokeWidth/2*(1+2*n)-e.circleGap*n)*2}, ${e.viewBoxWidth*8}`)),i=(t,r)=>{let i=e.fillColor[r],a=typeof i==`object`?i.stops[0]:``,o=typeof i==`object`?i.stops[1]:``;return typeof e.fillColor[r]==`object`&&(n(),A(`linearGradient`,{id:`gradient-${r}`,x1:`100%`,y1:`0%`,x2:`0%`,y2:`100%`},[w(`stop`,{offset:`0%`,"stop-color":a},null,8,ue),w(`stop`,{offset:`100%`,"stop-color":o},null,8,de)],8,le))};return()=>{let{viewBoxWidth:a,strokeWidth:s,circleGap:c,showIndicator:l,fillColor:u,railColor:f,railStyle:p,percentage:m,clsPrefix:h}=e;return n(),A(`div`,{class:d(`${h}-progress-content`),role:`none`},[w(`div`,{class:d(`${h}-progress-graph`),"aria-hidden":!0},[w(`div`,{class:d(`${h}-progress-graph-circle`)},[(n(),A(`svg`,{viewBox:`0 0 ${a} ${a}`},[w(`defs`,null,[g(()=>m.map((e,t)=>i(e,t)))]),g(()=>m.map((e,t)=>(n(),A(`g`,{key:t},[w(`path`,{class:d(`${h}-progress-graph-circle-rail`),d:q(a/2-s/2*(1+2*t)-c*t,s,a),"stroke-width":s,"stroke-linecap":`round`,fill:`none`,style:o([{strokeDashoffset:0,stroke:f[t]},p[t]])},null,14,fe),w(`path`,{class:d([`${h}-progress-graph-circle-fill`,e===0&&`${h}-progress-graph-circle-fill--empty`]),d:q(a/2-s/2*(1+2*t)-c*t,s,a),"stroke-width":s,"stroke-linecap":`round`,fill:`none`,style:o({strokeDasharray:r.value[t],strokeDashoffset:0,stroke:typeof u[t]==`object`?`url(#gradient-${t})`:u[t]})},null,14,pe)]))))],8,me))],2)],2),l&&t.default?(n(),A(`div`,{key:0},[w(`div`,{class:d(`${h}-progress-text`)},[g(()=>t.default())],2)])):g(()=>null)],2)}}}),ge=T([l(`progress`,{display:`inline-block`},[l(`progress-icon`,`
 color: var(--n-icon-color);
 transition: color .3s var(--n-bezier);
 `),i(`line`,`
 width: 100%;
 display: block;
 `,[l(`progress-content`,`
 display: flex;
 align-items: center;
 `,[l(`progress-graph`,{flex:1})]),l(`progress-custom-content`,{marginLeft:`14px`}),l(`progress-icon`,`
 width: 30px;
 padding-left: 14px;
 height: var(--n-icon-size-line);
 line-height: var(--n-icon-size-line);
 font-size: var(--n-icon-size-line);
 `,[i(`as-text`,`
 color: var(--n-text-color-line-outer);
 text-align: center;
 width: 40px;
 font-size: var(--n-font-size);
 padding-left: 4px;
 transition: color .3s var(--n-bezier);
 `)])]),i(`circle, dashboard`,{width:`120px`},[l(`progress-custom-content`,`
 position: absolute;
 left: 50%;
 top: 50%;
 transform: translateX(-50%) translateY(-50%);
 display: flex;
 align-items: center;
 justify-content: center;
 `),l(`progress-text`,`
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
 `),l(`progress-icon`,`
 position: absolute;
 left: 50%;
 top: 50%;
 transform: translateX(-50%) translateY(-50%);
 display: flex;
 align-items: center;
 color: var(--n-icon-color);
 font-size: var(--n-icon-size-circle);
 `)]),i(`multiple-circle`,`
 width: 200px;
 color: inherit;
 `,[l(`progress-text`,`
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
 `)]),l(`progress-content`,{position:`relative`}),l(`progress-graph`,{position:`relative`},[l(`progress-graph-circle`,[T(`svg`,{verticalAlign:`bottom`}),l(`progress-graph-circle-fill`,`
 stroke: var(--n-fill-color);
 transition:
 opacity .3s var(--n-bezier),
 stroke .3s var(--n-bezier),
 stroke-dasharray .3s var(--n-bezier);
 `,[i(`empty`,{opacity:0})]),l(`progress-graph-circle-rail`,`
 transition: stroke .3s var(--n-bezier);
 overflow: hidden;
 stroke: var(--n-rail-color);
 `)]),l(`progress-graph-line`,[i(`indicator-inside`,[l(`progress-graph-line-rail`,`
 height: 16px;
 line-height: 16px;
 border-radius: 10px;
 `,[l(`progress-graph-line-fill`,`
 height: inherit;
 border-radius: 10px;
 `),l(`progress-graph-line-indicator`,`
 background: #0000;
 white-space: nowrap;
 text-align: right;
 margin-left: 14px;
 margin-right: 14px;
 height: inherit;
 font-size: 12px;
 color: var(--n-text-color-line-inner);
 transition: color .3s var(--n-bezier);
 `)])]),i(`indicator-inside-label`,`
 height: 16px;
 display: flex;
 align-items: center;
 `,[l(`progress-graph-line-rail`,`
 flex: 1;
 transition: background-color .3s var(--n-bezier);
 `),l(`progress-graph-line-indicator`,`
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
 `)]),l(`progress-graph-line-rail`,`
 position: relative;
 overflow: hidden;
 height: var(--n-rail-height);
 border-radius: 5px;
 background-color: var(--n-rail-color);
 transition: background-color .3s var(--n-bezier);
 `,[l(`progress-graph-line-fill`,`
 background: var(--n-fill-color);
 position: relative;
 border-radius: 5px;
 height: inherit;
 width: 100%;
 max-width: 0%;
 transition:
 background-color .3s var(--n-bezier),
 max-width .2s var(--n-bezier);
 `,[i(`processing`,[T(`&::after`,`
 content: "";
 background-image: var(--n-line-bg-processing);
 animation: progress-processing-animation 2s var(--n-bezier) infinite;
 `)])])])])])]),T(`@keyframes progress-processing-animation`,`
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
 `)]),_e=[`aria-valuenow`,`role`],ve={...f.props,processing:Boolean,type:{type:String,default:`line`},gapDegree:Number,gapOffsetDegree:Number,status:{type:String,default:`default`},railColor:[String,Array],railStyle:[String,Array],color:[String,Array,Object],viewBoxWidth:{type:Number,default:100},strokeWidth:{type:Number,default:7},percentage:[Number,Array],unit:{type:String,default:`%`},showIndicator:{type:Boolean,default:!0},indicatorPosition:{type:String,default:`outside`},indicatorPlacement:{type:String,default:`outside`},indicatorTextColor:String,circleGap:{type:Number,default:1},height:Number,borderRadius:[String,Number],fillBorderRadius:[String,Number],offsetDegree:Number},ye=M({name:`Progress`,props:ve,setup(e){let t=k(()=>e.indicatorPlacement||e.indicatorPosition),n=k(()=>{if(e.gapDegree||e.gapDegree===0)return e.gapDegree;if(e.type===`dashboard`)return 75}),{mergedClsPrefixRef:i,inlineThemeDisabled:o}=a(e),s=f(`Progress`,`-progress`,ge,ie,e,i),l=k(()=>{let{status:t}=e,{common:{cubicBezierEaseInOut:n},self:{fontSize:r,fontSizeCircle:i,railColor:a,railHeight:o,iconSizeCircle:l,iconSizeLine:u,textColorCircle:d,textColorLineInner:f,textColorLineOuter:p,lineBgProcessing:m,fontWeightCircle:h,[c(`iconColor`,t)]:g,[c(`fillColor`,t)]:_}}=s.value;return{"--n-bezier":n,"--n-fill-color":_,"--n-font-size":r,"--n-font-size-circle":i,"--n-font-weight-circle":h,"--n-icon-color":g,"--n-icon-size-circle":l,"--n-icon-size-line":u,"--n-line-bg-processing":m,"--n-rail-color":a,"--n-rail-height":o,"--n-text-color-circle":d,"--n-text-color-line-inner":f,"--n-text-color-line-outer":p}}),u=o?r(`progress`,k(()=>e.status[0]),l,e):void 0;return{mergedClsPrefix:i,mergedIndicatorPlacement:t,gapDeg:n,cssVars:o?void 0:l,themeClass:u?.themeClass,onRender:u?.onRender}},render(){let{type:r,cssVars:i,indicatorTextColor:a,showIndicator:s,status:c,railColor:l,railStyle:u,color:f,percentage:p,viewBoxWidth:m,strokeWidth:h,mergedIndicatorPlacement:_,unit:v,borderRadius:b,fillBorderRadius:x,height:S,processing:C,circleGap:w,mergedClsPrefix:T,gapDeg:E,gapOffsetDegree:D,themeClass:O,$slots:k,onRender:j}=this;return j?.(),n(),A(`div`,{class:d([O,`${T}-progress`,`${T}-progress--${r}`,`${T}-progress--${c}`]),style:o(i),"aria-valuemax":100,"aria-valuemin":0,"aria-valuenow":p,role:r===`circle`||r===`line`||r===`dashboard`?`progressbar`:`none`},[r===`circle`||r===`dashboard`?(n(),y(G,{key:0,clsPrefix:T,status:c,showIndicator:s,indicatorTextColor:a,railColor:l,fillColor:f,railStyle:u,offsetDegree:this.offsetDegree,percentage:p,viewBoxWidth:m,strokeWidth:h,gapDegree:E===void 0?r===`dashboard`?75:0:E,gapOffsetDegree:D,unit:v},t(k),1032,[`clsPrefix`,`status`,`showIndicator`,`indicatorTextColor`,`railColor`,`fillColor`,`railStyle`,`offsetDegree`,`percentage`,`viewBoxWidth`,`strokeWidth`,`gapDegree`,`gapOffsetDegree`,`unit`])):(n(),A(e,{key:1},[r===`line`?(n(),y(ce,{key:0,clsPrefix:T,status:c,showIndicator:s,indicatorTextColor:a,railColor:l,fillColor:f,railStyle:u,percentage:p,processing:C,indicatorPlacement:_,unit:v,fillBorderRadius:x,railBorderRadius:b,height:S},t(k),1032,[`clsPrefix`,`status`,`showIndicator`,`indicatorTextColor`,`railColor`,`fillColor`,`railStyle`,`percentage`,`processing`,`indicatorPlacement`,`unit`,`fillBorderRadius`,`railBorderRadius`,`height`])):(n(),A(e,{key:1},[r===`multiple-circle`?(n(),y(he,{key:0,clsPrefix:T,strokeWidth:h,railColor:l,fillColor:f,railStyle:u,viewBoxWidth:m,percentage:p,showIndicator:s,circleGap:w},t(k),1032,[`clsPrefix`,`strokeWidth`,`railColor`,`fillColor`,`railStyle`,`viewBoxWidth`,`percentage`,`showIndicator`,`circleGap`])):g(()=>null)],64))],64))],14,_e)}}),be=/^\d+_/;function xe(e){return[...e.dataTransfer?.types??[]].includes(`Files`)}async function Se(e){let t=[...e.dataTransfer?.files??[]].map(e=>({file:e,name:e.name})),n=[...e.dataTransfer?.items??[]].map(e=>e.webkitGetAsEntry()).filter(e=>e!==null);return n.length?J((await Promise.all(n.map(e=>Y(e,``)))).flat()):t}function Ce(e){let t=[...e.files??[]].map(e=>({file:e,name:e.webkitRelativePath||e.name}));return e.value=``,J(t)}function J(e){let t=new Set(e.map(e=>e.name.includes(`/`)?e.name.split(`/`)[0]:``)),[n]=t;return t.size!==1||!n||be.test(n)?e:e.map(e=>({...e,name:e.name.slice(n.length+1)}))}async function Y(e,t){let n=t+e.name;if(e.isFile)return[{file:await new Promise((t,n)=>e.file(t,n)),name:n}];let r=await we(e.createReader());return(await Promise.all(r.map(e=>Y(e,`${n}/`)))).flat()}async function we(e){let t=[];for(;;){let n=await new Promise((t,n)=>e.readEntries(t,n));if(!n.length)return t;t.push(...n)}}var Te=24e6,Ee=40,X=h([]),Z=new Map,De=0;function Q(){return{uploads:X,start:Oe,stop:ke,forget:Ae}}async function Oe(e,t){let n=t.reduce((e,t)=>e+t.file.size,0),r=ee({key:De+=1,folder:e,files:t.length,bytes:n,sent:0,added:0,skipped:[],state:`running`,error:null});X.value=[r,...X.value];let i=new AbortController;Z.set(r.key,i);try{for(let e of $(t))await je(r,e,i.signal);r.state=`done`}catch(e){r.state=i.signal.aborted?`stopped`:`failed`,r.error=e}finally{Z.delete(r.key)}return r}function ke(e){Z.get(e.key)?.abort()}function Ae(e){X.value=X.value.filter(t=>t.key!==e.key)}function $(e){let t=[],n=1/0;for(let r of e){let e=t.at(-1);!e||n+r.file.size>Te||e.length>=Ee?(t.push([r]),n=r.file.size):(e.push(r),n+=r.file.size)}return t}async function je(e,t,n){let r=e.sent,i=t.reduce((e,t)=>e+t.file.size,0),a=await Me(e.folder,t,n,t=>e.sent=r+Math.round(i*t));e.sent=r+i,e.added+=a.added.length,e.skipped.push(...a.skipped)}function Me(e,t,n,r){let i=new FormData;for(let e of t)i.append(`files`,e.file,e.name);return new Promise((t,a)=>{let o=new XMLHttpRequest;o.open(`POST`,v(`api/datasets/upload?path=${encodeURIComponent(e)}`)),o.responseType=`json`,o.upload.onprogress=e=>e.lengthComputable&&r(e.loaded/e.total),o.onload=()=>{if(o.status<300)return t(o.response);let e=o.response?.errors;return a(new C(o.status,e??[{code:`http-${o.status}`,message:o.statusText,hint:``}]))},o.onerror=()=>a(new C(0,[{code:`unreachable`,message:``,hint:``}])),o.onabort=()=>a(new DOMException(`stopped`,`AbortError`)),n.addEventListener(`abort`,()=>o.abort()),o.send(i)})}var Ne=[`aria-label`],Pe={class:`line`},Fe=[`title`],Ie={class:`numbers words`,"aria-live":`polite`},Le={class:`skip`},Re={class:`mono`},ze=j(M({__name:`UploadStatus`,setup(t){let{t:r,te:i}=S(),{uploads:a,stop:o,forget:c}=Q(),{show:l}=O();function d(e){return e.bytes?Math.floor(100*e.sent/e.bytes):100}function f(e,t){return i(`datasets.reasons.${e}`)?r(`datasets.reasons.${e}`):t}function m(e){if(e.state===`running`&&e.sent>=e.bytes)return r(`datasets.upload.unpacking`);let t={n:z(e.added),all:z(e.files),sent:B(e.sent),bytes:B(e.bytes)};return r(`datasets.upload.${e.state}`,t)}return(t,i)=>s(a).length?(n(),A(`section`,{key:0,class:`uploads`,"aria-label":s(r)(`datasets.upload.title`)},[(n(!0),A(e,null,p(s(a),e=>(n(),A(`article`,{key:e.key,class:`upload`},[w(`div`,Pe,[w(`span`,{class:`folder`,title:e.folder},_(e.folder.split(/[\\/]/).slice(-2).join(`/`)),9,Fe),w(`span`,Ie,_(m(e)),1),e.state===`failed`?(n(),y(s(N),{key:0,size:`tiny`,onClick:t=>s(l)(e.error)},{default:u(()=>[x(_(s(r)(`datasets.upload.why`)),1)]),_:1},8,[`onClick`])):D(``,!0),e.state===`running`?(n(),y(s(N),{key:1,size:`tiny`,onClick:t=>s(o)(e)},{default:u(()=>[x(_(s(r)(`datasets.upload.stop`)),1)]),_:1},8,[`onClick`])):(n(),y(s(N),{key:2,size:`tiny`,quaternary:``,onClick:t=>s(c)(e)},{default:u(()=>[x(_(s(r)(`common.close`)),1)]),_:1},8,[`onClick`]))]),e.state===`running`?(n(),y(s(ye),{key:0,percentage:d(e),height:6,"show-indicator":!1,"aria-label":s(r)(`datasets.upload.title`)},null,8,[`percentage`,`aria-label`])):D(``,!0),e.skipped.length?(n(),y(s(ne),{key:1},{default:u(()=>[E(s(te),{title:s(r)(`datasets.upload.skipped`,{n:s(z)(e.skipped.length)})},{default:u(()=>[E(s(re),{class:`skipped`,items:e.skipped.map((e,t)=>({...e,key:t})),"item-size":30},{default:u(({item:e})=>[w(`div`,Le,[w(`span`,Re,_(e.name),1),w(`span`,null,_(f(e.code,e.reason)),1)])]),_:1},8,[`items`])]),_:2},1032,[`title`])]),_:2},1024)):D(``,!0)]))),128))],8,Ne)):D(``,!0)}}),[[`__scopeId`,`data-v-77685727`]]);function Be(e,t){let[n,...r]=e.folders,i=t.every(e=>!e.name.includes(`/`));return n&&!r.length&&i?n.path:e.path}export{Se as a,Ce as i,ze as n,xe as o,Q as r,Be as t};