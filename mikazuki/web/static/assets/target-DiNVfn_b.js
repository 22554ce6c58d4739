import{Br as e,Bt as t,Ct as n,Fn as r,Gr as i,Gt as a,Jr as o,Ln as s,Mn as c,Mr as l,Qn as u,Rr as d,Rt as f,Sr as p,St as m,Vn as h,Vt as g,a as _,ar as v,bt as y,cr as b,d as x,i as S,ir as C,jn as w,lr as T,nr as E,or as D,qr as O,r as k,rr as A,sr as j,t as ee,v as M,wr as te}from"./_plugin-vue_export-helper-B-WZ0uXV.js";import{l as N}from"./Popover-B5rHp7sg.js";import{n as ne,r as re}from"./actions-shwPOnit.js";import{t as ie}from"./VirtualList-2XOaKN9x.js";import{E as ae,Q as P,X as F,Y as I,Z as L,i as R,t as z}from"./index-BjIIC0LP.js";var oe=[`id`],se=[`stop-color`],B=[`stop-color`],V=[`viewBox`],H=[`d`,`stroke-width`],U=[`d`,`stroke-width`],W={success:(p(),C(F)),error:(p(),C(P)),warning:(p(),C(I)),info:(p(),C(L))},G=T({name:`ProgressCircle`,props:{clsPrefix:{type:String,required:!0},status:{type:String,required:!0},strokeWidth:{type:Number,required:!0},fillColor:[String,Object],railColor:String,railStyle:[String,Object],percentage:{type:Number,default:0},offsetDegree:{type:Number,default:0},showIndicator:{type:Boolean,required:!0},indicatorTextColor:String,unit:String,viewBoxWidth:{type:Number,required:!0},gapDegree:{type:Number,required:!0},gapOffsetDegree:{type:Number,default:0}},setup(e,{slots:t}){let n=E(()=>{let t=`gradient`,{fillColor:n}=e;return typeof n==`object`?`${t}-${h(JSON.stringify(n))}`:t});function r(t,r,i,a){let{gapDegree:o,viewBoxWidth:s,strokeWidth:c}=e,l=50+c/2,u=`M ${l},${l} m 0,50
      a 50,50 0 1 1 0,-100
      a 50,50 0 1 1 0,100`,d=Math.PI*2*50;return{pathString:u,pathStyle:{stroke:a===`rail`?i:typeof e.fillColor==`object`?`url(#${n.value})`:i,strokeDasharray:`${Math.min(t,100)/100*(d-o)}px ${s*8}px`,strokeDashoffset:`-${o/2}px`,transformOrigin:r?`center`:void 0,transform:r?`rotate(${r}deg)`:void 0}}}let i=()=>{let t=typeof e.fillColor==`object`,r=t?e.fillColor.stops[0]:``,i=t?e.fillColor.stops[1]:``;return t&&(p(),D(`defs`,null,[A(`linearGradient`,{id:n.value,x1:`0%`,y1:`100%`,x2:`100%`,y2:`0%`},[A(`stop`,{offset:`0%`,"stop-color":r},null,8,se),A(`stop`,{offset:`100%`,"stop-color":i},null,8,B)],8,oe)]))};return()=>{let{fillColor:n,railColor:a,strokeWidth:o,offsetDegree:s,status:c,percentage:l,showIndicator:d,indicatorTextColor:m,unit:h,gapOffsetDegree:_,clsPrefix:v}=e,{pathString:b,pathStyle:x}=r(100,0,a,`rail`),{pathString:S,pathStyle:w}=r(l,s,n,`fill`),T=100+o;return p(),D(`div`,{class:f(`${v}-progress-content`),role:`none`},[A(`div`,{class:f(`${v}-progress-graph`),"aria-hidden":!0},[A(`div`,{class:f(`${v}-progress-graph-circle`),style:O({transform:_?`rotate(${_}deg)`:void 0})},[(p(),D(`svg`,{viewBox:`0 0 ${T} ${T}`},[g(()=>i()),A(`g`,null,[A(`path`,{class:f(`${v}-progress-graph-circle-rail`),d:b,"stroke-width":o,"stroke-linecap":`round`,fill:`none`,style:O(x)},null,14,H)]),A(`g`,null,[A(`path`,{class:f([`${v}-progress-graph-circle-fill`,l===0&&`${v}-progress-graph-circle-fill--empty`]),d:S,"stroke-width":o,"stroke-linecap":`round`,fill:`none`,style:O(w)},null,14,U)])],8,V))],6)],2),d?(p(),D(`div`,{key:0},[t.default?(p(),D(`div`,{key:0,class:f(`${v}-progress-custom-content`),role:`none`},[g(()=>t.default())],2)):(p(),D(u,{key:1},[c==="default"?(p(),D(`div`,{key:1,class:f(`${v}-progress-text`),style:O({color:m}),role:`none`},[A(`span`,{class:f(`${v}-progress-text__percentage`)},[g(()=>l)],2),A(`span`,{class:f(`${v}-progress-text__unit`)},[g(()=>h)],2)],6)):(p(),D(`div`,{key:0,class:f(`${v}-progress-icon`),"aria-hidden":!0},[(p(),C(y,{clsPrefix:v},{default:()=>W[c]},1032,[`clsPrefix`]))],2))],64))])):g(()=>null)],2)}}}),K={success:(p(),C(F)),error:(p(),C(P)),warning:(p(),C(I)),info:(p(),C(L))},ce=T({name:`ProgressLine`,props:{clsPrefix:{type:String,required:!0},percentage:{type:Number,default:0},railColor:String,railStyle:[String,Object],fillColor:[String,Object],status:{type:String,required:!0},indicatorPlacement:{type:String,required:!0},indicatorTextColor:String,unit:{type:String,default:`%`},processing:{type:Boolean,required:!0},showIndicator:{type:Boolean,required:!0},height:[String,Number],railBorderRadius:[String,Number],fillBorderRadius:[String,Number]},setup(e,{slots:t}){let n=E(()=>N(e.height)),r=E(()=>typeof e.fillColor==`object`?`linear-gradient(to right, ${e.fillColor?.stops[0]} , ${e.fillColor?.stops[1]})`:e.fillColor),i=E(()=>e.railBorderRadius===void 0?e.height===void 0?``:N(e.height,{c:.5}):N(e.railBorderRadius)),a=E(()=>e.fillBorderRadius===void 0?e.railBorderRadius===void 0?e.height===void 0?``:N(e.height,{c:.5}):N(e.railBorderRadius):N(e.fillBorderRadius));return()=>{let{indicatorPlacement:o,railColor:s,railStyle:c,percentage:l,unit:d,indicatorTextColor:m,status:h,showIndicator:_,processing:v,clsPrefix:b}=e;return p(),D(`div`,{class:f(`${b}-progress-content`),role:`none`},[A(`div`,{class:f(`${b}-progress-graph`),"aria-hidden":!0},[A(`div`,{class:f([`${b}-progress-graph-line`,{[`${b}-progress-graph-line--indicator-${o}`]:!0}])},[A(`div`,{class:f(`${b}-progress-graph-line-rail`),style:O([{backgroundColor:s,height:n.value,borderRadius:i.value},c])},[A(`div`,{class:f([`${b}-progress-graph-line-fill`,v&&`${b}-progress-graph-line-fill--processing`]),style:O({maxWidth:`${e.percentage}%`,background:r.value,height:n.value,lineHeight:n.value,borderRadius:a.value})},[o===`inside`?(p(),D(`div`,{key:0,class:f(`${b}-progress-graph-line-indicator`),style:O({color:m})},[t.default?(p(),D(u,{key:0},[g(()=>t.default())],64)):(p(),D(u,{key:1},[g(()=>`${l}${d}`)],64))],6)):g(()=>null)],6)],6)],2)],2),_&&o===`outside`?(p(),D(`div`,{key:0},[t.default?(p(),D(`div`,{key:0,class:f(`${b}-progress-custom-content`),style:O({color:m}),role:`none`},[g(()=>t.default())],6)):(p(),D(u,{key:1},[h==="default"?(p(),D(`div`,{key:0,role:`none`,class:f(`${b}-progress-icon ${b}-progress-icon--as-text`),style:O({color:m})},[g(()=>l),g(()=>d)],6)):(p(),D(`div`,{key:1,class:f(`${b}-progress-icon`),"aria-hidden":!0},[(p(),C(y,{clsPrefix:b},{default:()=>K[h]},1032,[`clsPrefix`]))],2))],64))])):g(()=>null)],2)}}}),le=[`id`],ue=[`stop-color`],de=[`stop-color`],fe=[`d`,`stroke-width`],pe=[`d`,`stroke-width`],me=[`viewBox`];function q(e,t,n=100){return`m ${n/2} ${n/2-e} a ${e} ${e} 0 1 1 0 ${2*e} a ${e} ${e} 0 1 1 0 -${2*e}`}var he=T({name:`ProgressMultipleCircle`,props:{clsPrefix:{type:String,required:!0},viewBoxWidth:{type:Number,required:!0},percentage:{type:Array,default:[0]},strokeWidth:{type:Number,required:!0},circleGap:{type:Number,required:!0},showIndicator:{type:Boolean,required:!0},fillColor:{type:Array,default:()=>[]},railColor:{type:Array,default:()=>[]},railStyle:{type:Array,default:()=>[]}},setup(e,{slots:t}){let n=E(()=>e.percentage.map((t,n)=>`${Math.PI*t/100*(e.viewBoxWidth/2-e.strokeWidth/2*(1+2*n)-e.circleGap*n)*2}, ${e.viewBoxWidth*8}`)),r=(t,n)=>{let r=e.fillColor[n],i=typeof r==`object`?r.stops[0]:``,a=typeof r==`object`?r.stops[1]:``;return typeof e.fillColor[n]==`object`&&(p(),D(`linearGradient`,{id:`gradient-${n}`,x1:`100%`,y1:`0%`,x2:`0%`,y2:`100%`},[A(`stop`,{offset:`0%`,"stop-color":i},null,8,ue),A(`stop`,{offset:`100%`,"stop-color":a},null,8,de)],8,le))};return()=>{let{viewBoxWidth:i,strokeWidth:a,circleGap:o,showIndicator:s,fillColor:c,railColor:l,railStyle:u,percentage:d,clsPrefix:m}=e;return p(),D(`div`,{class:f(`${m}-progress-content`),role:`none`},[A(`div`,{class:f(`${m}-progress-graph`),"aria-hidden":!0},[A(`div`,{class:f(`${m}-progress-graph-circle`)},[(p(),D(`svg`,{viewBox:`0 0 ${i} ${i}`},[A(`defs`,null,[g(()=>d.map((e,t)=>r(e,t)))]),g(()=>d.map((e,t)=>(p(),D(`g`,{key:t},[A(`path`,{class:f(`${m}-progress-graph-circle-rail`),d:q(i/2-a/2*(1+2*t)-o*t,a,i),"stroke-width":a,"stroke-linecap":`round`,fill:`none`,style:O([{strokeDashoffset:0,stroke:l[t]},u[t]])},null,14,fe),A(`path`,{class:f([`${m}-progress-graph-circle-fill`,e===0&&`${m}-progress-graph-circle-fill--empty`]),d:q(i/2-a/2*(1+2*t)-o*t,a,i),"stroke-width":a,"stroke-linecap":`round`,fill:`none`,style:O({strokeDasharray:n.value[t],strokeDashoffset:0,stroke:typeof c[t]==`object`?`url(#gradient-${t})`:c[t]})},null,14,pe)]))))],8,me))],2)],2),s&&t.default?(p(),D(`div`,{key:0},[A(`div`,{class:f(`${m}-progress-text`)},[g(()=>t.default())],2)])):g(()=>null)],2)}}}),ge=w([c(`progress`,{display:`inline-block`},[c(`progress-icon`,`
 color: var(--n-icon-color);
 transition: color .3s var(--n-bezier);
 `),r(`line`,`
 width: 100%;
 display: block;
 `,[c(`progress-content`,`
 display: flex;
 align-items: center;
 `,[c(`progress-graph`,{flex:1})]),c(`progress-custom-content`,{marginLeft:`14px`}),c(`progress-icon`,`
 width: 30px;
 padding-left: 14px;
 height: var(--n-icon-size-line);
 line-height: var(--n-icon-size-line);
 font-size: var(--n-icon-size-line);
 `,[r(`as-text`,`
 color: var(--n-text-color-line-outer);
 text-align: center;
 width: 40px;
 font-size: var(--n-font-size);
 padding-left: 4px;
 transition: color .3s var(--n-bezier);
 `)])]),r(`circle, dashboard`,{width:`120px`},[c(`progress-custom-content`,`
 position: absolute;
 left: 50%;
 top: 50%;
 transform: translateX(-50%) translateY(-50%);
 display: flex;
 align-items: center;
 justify-content: center;
 `),c(`progress-text`,`
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
 `),c(`progress-icon`,`
 position: absolute;
 left: 50%;
 top: 50%;
 transform: translateX(-50%) translateY(-50%);
 display: flex;
 align-items: center;
 color: var(--n-icon-color);
 font-size: var(--n-icon-size-circle);
 `)]),r(`multiple-circle`,`
 width: 200px;
 color: inherit;
 `,[c(`progress-text`,`
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
 `)]),c(`progress-content`,{position:`relative`}),c(`progress-graph`,{position:`relative`},[c(`progress-graph-circle`,[w(`svg`,{verticalAlign:`bottom`}),c(`progress-graph-circle-fill`,`
 stroke: var(--n-fill-color);
 transition:
 opacity .3s var(--n-bezier),
 stroke .3s var(--n-bezier),
 stroke-dasharray .3s var(--n-bezier);
 `,[r(`empty`,{opacity:0})]),c(`progress-graph-circle-rail`,`
 transition: stroke .3s var(--n-bezier);
 overflow: hidden;
 stroke: var(--n-rail-color);
 `)]),c(`progress-graph-line`,[r(`indicator-inside`,[c(`progress-graph-line-rail`,`
 height: 16px;
 line-height: 16px;
 border-radius: 10px;
 `,[c(`progress-graph-line-fill`,`
 height: inherit;
 border-radius: 10px;
 `),c(`progress-graph-line-indicator`,`
 background: #0000;
 white-space: nowrap;
 text-align: right;
 margin-left: 14px;
 margin-right: 14px;
 height: inherit;
 font-size: 12px;
 color: var(--n-text-color-line-inner);
 transition: color .3s var(--n-bezier);
 `)])]),r(`indicator-inside-label`,`
 height: 16px;
 display: flex;
 align-items: center;
 `,[c(`progress-graph-line-rail`,`
 flex: 1;
 transition: background-color .3s var(--n-bezier);
 `),c(`progress-graph-line-indicator`,`
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
 `)]),c(`progress-graph-line-rail`,`
 position: relative;
 overflow: hidden;
 height: var(--n-rail-height);
 border-radius: 5px;
 background-color: var(--n-rail-color);
 transition: background-color .3s var(--n-bezier);
 `,[c(`progress-graph-line-fill`,`
 background: var(--n-fill-color);
 position: relative;
 border-radius: 5px;
 height: inherit;
 width: 100%;
 max-width: 0%;
 transition:
 background-color .3s var(--n-bezier),
 max-width .2s var(--n-bezier);
 `,[r(`processing`,[w(`&::after`,`
 content: "";
 background-image: var(--n-line-bg-processing);
 animation: progress-processing-animation 2s var(--n-bezier) infinite;
 `)])])])])])]),w(`@keyframes progress-processing-animation`,`
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
 `)]),_e=[`aria-valuenow`,`role`],ve={...m.props,processing:Boolean,type:{type:String,default:`line`},gapDegree:Number,gapOffsetDegree:Number,status:{type:String,default:`default`},railColor:[String,Array],railStyle:[String,Array],color:[String,Array,Object],viewBoxWidth:{type:Number,default:100},strokeWidth:{type:Number,default:7},percentage:[Number,Array],unit:{type:String,default:`%`},showIndicator:{type:Boolean,default:!0},indicatorPosition:{type:String,default:`outside`},indicatorPlacement:{type:String,default:`outside`},indicatorTextColor:String,circleGap:{type:Number,default:1},height:Number,borderRadius:[String,Number],fillBorderRadius:[String,Number],offsetDegree:Number},ye=T({name:`Progress`,props:ve,setup(e){let t=E(()=>e.indicatorPlacement||e.indicatorPosition),r=E(()=>{if(e.gapDegree||e.gapDegree===0)return e.gapDegree;if(e.type===`dashboard`)return 75}),{mergedClsPrefixRef:i,inlineThemeDisabled:o}=a(e),c=m(`Progress`,`-progress`,ge,ae,e,i),l=E(()=>{let{status:t}=e,{common:{cubicBezierEaseInOut:n},self:{fontSize:r,fontSizeCircle:i,railColor:a,railHeight:o,iconSizeCircle:l,iconSizeLine:u,textColorCircle:d,textColorLineInner:f,textColorLineOuter:p,lineBgProcessing:m,fontWeightCircle:h,[s(`iconColor`,t)]:g,[s(`fillColor`,t)]:_}}=c.value;return{"--n-bezier":n,"--n-fill-color":_,"--n-font-size":r,"--n-font-size-circle":i,"--n-font-weight-circle":h,"--n-icon-color":g,"--n-icon-size-circle":l,"--n-icon-size-line":u,"--n-line-bg-processing":m,"--n-rail-color":a,"--n-rail-height":o,"--n-text-color-circle":d,"--n-text-color-line-inner":f,"--n-text-color-line-outer":p}}),u=o?n(`progress`,E(()=>e.status[0]),l,e):void 0;return{mergedClsPrefix:i,mergedIndicatorPlacement:t,gapDeg:r,cssVars:o?void 0:l,themeClass:u?.themeClass,onRender:u?.onRender}},render(){let{type:e,cssVars:n,indicatorTextColor:r,showIndicator:i,status:a,railColor:o,railStyle:s,color:c,percentage:l,viewBoxWidth:d,strokeWidth:m,mergedIndicatorPlacement:h,unit:_,borderRadius:v,fillBorderRadius:y,height:b,processing:x,circleGap:S,mergedClsPrefix:w,gapDeg:T,gapOffsetDegree:E,themeClass:k,$slots:A,onRender:j}=this;return j?.(),p(),D(`div`,{class:f([k,`${w}-progress`,`${w}-progress--${e}`,`${w}-progress--${a}`]),style:O(n),"aria-valuemax":100,"aria-valuemin":0,"aria-valuenow":l,role:e===`circle`||e===`line`||e===`dashboard`?`progressbar`:`none`},[e===`circle`||e===`dashboard`?(p(),C(G,{key:0,clsPrefix:w,status:a,showIndicator:i,indicatorTextColor:r,railColor:o,fillColor:c,railStyle:s,offsetDegree:this.offsetDegree,percentage:l,viewBoxWidth:d,strokeWidth:m,gapDegree:T===void 0?e===`dashboard`?75:0:T,gapOffsetDegree:E,unit:_},t(A),1032,[`clsPrefix`,`status`,`showIndicator`,`indicatorTextColor`,`railColor`,`fillColor`,`railStyle`,`offsetDegree`,`percentage`,`viewBoxWidth`,`strokeWidth`,`gapDegree`,`gapOffsetDegree`,`unit`])):(p(),D(u,{key:1},[e===`line`?(p(),C(ce,{key:0,clsPrefix:w,status:a,showIndicator:i,indicatorTextColor:r,railColor:o,fillColor:c,railStyle:s,percentage:l,processing:x,indicatorPlacement:h,unit:_,fillBorderRadius:y,railBorderRadius:v,height:b},t(A),1032,[`clsPrefix`,`status`,`showIndicator`,`indicatorTextColor`,`railColor`,`fillColor`,`railStyle`,`percentage`,`processing`,`indicatorPlacement`,`unit`,`fillBorderRadius`,`railBorderRadius`,`height`])):(p(),D(u,{key:1},[e===`multiple-circle`?(p(),C(he,{key:0,clsPrefix:w,strokeWidth:m,railColor:o,fillColor:c,railStyle:s,viewBoxWidth:d,percentage:l,showIndicator:i,circleGap:S},t(A),1032,[`clsPrefix`,`strokeWidth`,`railColor`,`fillColor`,`railStyle`,`viewBoxWidth`,`percentage`,`showIndicator`,`circleGap`])):g(()=>null)],64))],64))],14,_e)}}),be=/^\d+_/;function xe(e){return[...e.dataTransfer?.types??[]].includes(`Files`)}async function Se(e){let t=[...e.dataTransfer?.files??[]].map(e=>({file:e,name:e.name})),n=[...e.dataTransfer?.items??[]].map(e=>e.webkitGetAsEntry()).filter(e=>e!==null);return n.length?J((await Promise.all(n.map(e=>Y(e,``)))).flat()):t}function Ce(e){let t=[...e.files??[]].map(e=>({file:e,name:e.webkitRelativePath||e.name}));return e.value=``,J(t)}function J(e){let t=new Set(e.map(e=>e.name.includes(`/`)?e.name.split(`/`)[0]:``)),[n]=t;return t.size!==1||!n||be.test(n)?e:e.map(e=>({...e,name:e.name.slice(n.length+1)}))}async function Y(e,t){let n=t+e.name;if(e.isFile)return[{file:await new Promise((t,n)=>e.file(t,n)),name:n}];let r=await we(e.createReader());return(await Promise.all(r.map(e=>Y(e,`${n}/`)))).flat()}async function we(e){let t=[];for(;;){let n=await new Promise((t,n)=>e.readEntries(t,n));if(!n.length)return t;t.push(...n)}}var Te=24e6,Ee=40,X=e([]),Z=new Map,De=0;function Q(){return{uploads:X,start:Oe,stop:ke,forget:Ae}}async function Oe(e,t){let n=t.reduce((e,t)=>e+t.file.size,0),r=d({key:De+=1,folder:e,files:t.length,bytes:n,sent:0,added:0,skipped:[],state:`running`,error:null});X.value=[r,...X.value];let i=new AbortController;Z.set(r.key,i);try{for(let e of $(t))await je(r,e,i.signal);r.state=`done`}catch(e){r.state=i.signal.aborted?`stopped`:`failed`,r.error=e}finally{Z.delete(r.key)}return r}function ke(e){Z.get(e.key)?.abort()}function Ae(e){X.value=X.value.filter(t=>t.key!==e.key)}function $(e){let t=[],n=1/0;for(let r of e){let e=t.at(-1);!e||n+r.file.size>Te||e.length>=Ee?(t.push([r]),n=r.file.size):(e.push(r),n+=r.file.size)}return t}async function je(e,t,n){let r=e.sent,i=t.reduce((e,t)=>e+t.file.size,0),a=await Me(e.folder,t,n,t=>e.sent=r+Math.round(i*t));e.sent=r+i,e.added+=a.added.length,e.skipped.push(...a.skipped)}function Me(e,t,n,r){let i=new FormData;for(let e of t)i.append(`files`,e.file,e.name);return new Promise((t,a)=>{let o=new XMLHttpRequest;o.open(`POST`,_(`api/datasets/upload?path=${encodeURIComponent(e)}`)),o.responseType=`json`,o.upload.onprogress=e=>e.lengthComputable&&r(e.loaded/e.total),o.onload=()=>{if(o.status<300)return t(o.response);let e=o.response?.errors;return a(new S(o.status,e??[{code:`http-${o.status}`,message:o.statusText,hint:``}]))},o.onerror=()=>a(new S(0,[{code:`unreachable`,message:``,hint:``}])),o.onabort=()=>a(new DOMException(`stopped`,`AbortError`)),n.addEventListener(`abort`,()=>o.abort()),o.send(i)})}var Ne=[`aria-label`],Pe={class:`line`},Fe=[`title`],Ie={class:`numbers words`,"aria-live":`polite`},Le={class:`skip`},Re={class:`mono`},ze=ee(T({__name:`UploadStatus`,setup(e){let{t,te:n}=x(),{uploads:r,stop:a,forget:s}=Q(),{show:c}=k();function d(e){return e.bytes?Math.floor(100*e.sent/e.bytes):100}function f(e,r){return n(`datasets.reasons.${e}`)?t(`datasets.reasons.${e}`):r}function m(e){if(e.state===`running`&&e.sent>=e.bytes)return t(`datasets.upload.unpacking`);let n={n:R(e.added),all:R(e.files),sent:z(e.sent),bytes:z(e.bytes)};return t(`datasets.upload.${e.state}`,n)}return(e,n)=>i(r).length?(p(),D(`section`,{key:0,class:`uploads`,"aria-label":i(t)(`datasets.upload.title`)},[(p(!0),D(u,null,te(i(r),e=>(p(),D(`article`,{key:e.key,class:`upload`},[A(`div`,Pe,[A(`span`,{class:`folder`,title:e.folder},o(e.folder.split(/[\\/]/).slice(-2).join(`/`)),9,Fe),A(`span`,Ie,o(m(e)),1),e.state===`failed`?(p(),C(i(M),{key:0,size:`tiny`,onClick:t=>i(c)(e.error)},{default:l(()=>[j(o(i(t)(`datasets.upload.why`)),1)]),_:1},8,[`onClick`])):v(``,!0),e.state===`running`?(p(),C(i(M),{key:1,size:`tiny`,onClick:t=>i(a)(e)},{default:l(()=>[j(o(i(t)(`datasets.upload.stop`)),1)]),_:1},8,[`onClick`])):(p(),C(i(M),{key:2,size:`tiny`,quaternary:``,onClick:t=>i(s)(e)},{default:l(()=>[j(o(i(t)(`common.close`)),1)]),_:1},8,[`onClick`]))]),e.state===`running`?(p(),C(i(ye),{key:0,percentage:d(e),height:6,"show-indicator":!1,"aria-label":i(t)(`datasets.upload.title`)},null,8,[`percentage`,`aria-label`])):v(``,!0),e.skipped.length?(p(),C(i(re),{key:1},{default:l(()=>[b(i(ne),{title:i(t)(`datasets.upload.skipped`,{n:i(R)(e.skipped.length)})},{default:l(()=>[b(i(ie),{class:`skipped`,items:e.skipped.map((e,t)=>({...e,key:t})),"item-size":30},{default:l(({item:e})=>[A(`div`,Le,[A(`span`,Re,o(e.name),1),A(`span`,null,o(f(e.code,e.reason)),1)])]),_:1},8,[`items`])]),_:2},1032,[`title`])]),_:2},1024)):v(``,!0)]))),128))],8,Ne)):v(``,!0)}}),[[`__scopeId`,`data-v-77685727`]]);function Be(e,t){let[n,...r]=e.folders,i=t.every(e=>!e.name.includes(`/`));return n&&!r.length&&i?n.path:e.path}export{Se as a,Ce as i,ze as n,xe as o,Q as r,Be as t};