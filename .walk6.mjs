import {b,press,text,shot,URL} from './.walk.mjs'
const ctx=async(state,viewport={width:1280,height:800},locale='en-GB',scheme='dark')=>{const c=await b.newContext({viewport,locale,colorScheme:scheme,reducedMotion:'reduce',storageState:state}); const p=await c.newPage(); p.setDefaultTimeout(8000); p.on('console',m=>{ if(m.type()==='error') console.log('CONSOLE',m.text())}); return p}
try{
const a=await ctx('/tmp/e-console/a.json'); await a.goto(URL+'/console#audit'); await a.waitForTimeout(1200); await press(a,'English').catch(()=>{}); await a.waitForTimeout(500); 
for(const t of ['audit','people','places','mode','staff','me']){ await a.goto(URL+'/console#'+t); await a.waitForTimeout(900); console.log('==',t,'\n',(await text(a)).slice(0,t==='audit'?2500:1500)); await shot(a,'d-'+t)}
const s=await ctx('/tmp/e-console/s.json'); await s.goto(URL+'/console#board/H-E7FK'); await s.waitForTimeout(1200); await press(s,'English').catch(()=>{}); await s.waitForTimeout(700); await s.locator('.fold summary').first().click(); await shot(s,'d-board'); console.log(await text(s))
}catch(x){console.log('ERR',x.message)} finally{await b.close()}
