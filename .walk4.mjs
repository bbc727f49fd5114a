import {b,press,text,shot,URL} from './.walk.mjs'
const ctx=async(state,viewport={width:390,height:844},locale='da-DK')=>{const c=await b.newContext({viewport,locale,reducedMotion:'reduce',storageState:state}); const p=await c.newPage(); p.setDefaultTimeout(8000); p.on('console',m=>{ if(m.type()==='error') console.log('CONSOLE',m.text())}); return p}
try{
const r=await ctx('/tmp/e-console/amina.json'); await r.goto(URL+'/'); await r.waitForTimeout(1500); await r.locator('.replies button').first().click(); await r.waitForTimeout(1500); console.log((await text(r)).slice(-500))
const s=await ctx('/tmp/e-console/s.json'); await s.goto(URL+'/console#board'); await s.waitForTimeout(1200); console.log('B--',(await text(s)).slice(0,900)); await shot(s,'b1')
await s.locator('.board-row').first().click(); await s.waitForTimeout(1000); console.log('R--',await text(s)); await shot(s,'b2')
await s.getByText('Hvem er spurgt, og hvorfor').click(); await s.waitForTimeout(300); await shot(s,'b3'); console.log(await s.locator('.decisions').innerText())
await s.context().storageState({path:'/tmp/e-console/s.json'})
}catch(x){console.log('ERR',x.message)} finally{await b.close()}
