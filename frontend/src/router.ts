// One place in the navigation, one page; hash addresses, so that any path prefix works.
import { createRouter, createWebHashHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', redirect: '/train' },
    { path: '/train', name: 'train', component: () => import('./pages/train/TrainPage.vue') },
    { path: '/jobs', name: 'jobs', component: () => import('./pages/jobs/JobsPage.vue') },
    { path: '/jobs/compare', name: 'compare', component: () => import('./pages/jobs/ComparePage.vue') },
    { path: '/jobs/:id', name: 'job', component: () => import('./pages/jobs/JobPage.vue'), props: true },
    { path: '/datasets', name: 'datasets', component: () => import('./pages/datasets/DatasetsPage.vue') },
    { path: '/datasets/pictures', name: 'pictures', component: () => import('./pages/datasets/PicturesPage.vue') },
    { path: '/datasets/captions', name: 'captions', component: () => import('./pages/datasets/captions/CaptionsPage.vue') },
    { path: '/datasets/mask', name: 'mask', component: () => import('./pages/datasets/mask/MaskPage.vue') },
    { path: '/models/workspaces', name: 'workspaces', component: () => import('./pages/models/WorkspacesPage.vue') },
    { path: '/models/workspaces/:name', name: 'workspace', component: () => import('./pages/models/WorkspacePage.vue'), props: true },
    { path: '/models', name: 'models', component: () => import('./pages/models/ModelsPage.vue') },
    { path: '/tools', name: 'tools', component: () => import('./pages/tools/ToolsPage.vue') },
    { path: '/tools/:name', name: 'tool', component: () => import('./pages/tools/ToolPage.vue'), props: true },
    { path: '/tensorboard', name: 'tensorboard', component: () => import('./pages/tensorboard/TensorBoardPage.vue') },
    { path: '/settings', name: 'settings', component: () => import('./pages/settings/SettingsPage.vue') },
    { path: '/:rest(.*)*', redirect: '/train' },
  ],
})
