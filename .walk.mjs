import { chromium } from 'playwright-core'
import { readFileSync } from 'node:fs'
export const DIR='/tmp/e-console/w/'
export const b = await chromium.launch({ executablePath:'/usr/bin/chromium', args:['--no-sandbox'] })
export async function dev(viewport={width:390,height:844}, locale='da-DK'){
  const c=await b.newContext({viewport,locale,reducedMotion:'reduce'}); const p=await c.newPage(); p.setDefaultTimeout(8000)
  p.on('console',m=>{ if(m.type()==='error'||m.type()==='warning') console.log('CONSOLE',m.text())})
  const s=await c.newCDPSession(p); await s.send('WebAuthn.enable'); await s.send('WebAuthn.addVirtualAuthenticator',{options:{protocol:'ctap2',transport:'internal',hasResidentKey:true,hasUserVerification:true,isUserVerified:true,automaticPresenceSimulation:true}})
  return p }
export const press=(p,n)=>p.getByRole('button',{name:n,exact:true}).click()
export const text=async p=>(await p.locator('body').innerText())
export const shot=(p,n,full=true)=>p.screenshot({path:DIR+n+'.png',fullPage:full})
export const URL='http://localhost:39204'
