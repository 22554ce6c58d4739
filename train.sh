#!/usr/bin/env bash
# Trains: edit the block below, then run `bash train.sh`. As it stands it trains the demo.
#   bash train.sh config/my.toml       train with a file of settings instead of this block
#   bash train.sh --dry-run            whatever is added goes to `python -m mikazuki train`
# 修改下面的参数后运行 `bash train.sh`;不改则训练自带的示例。
set -euo pipefail

# One line an option, under sd-scripts' names: docs/options.md has them all. A line behind # is not set.
# 每行一个参数;行首加 # 表示不设置。
settings=(
  # Model | 模型
  pretrained_model_name_or_path="./sd-models/tiny-sd" # base model: .safetensors, .ckpt or diffusers folder | 底模路径
  model_type="auto"             # auto, sd1, sd2 or sdxl; auto reads it off the file | 模型种类,auto 自动识别
  # v_parameterization="true"   # v-prediction; not set: read off the file | v 预测,不设置则自动识别
  vae=""                        # other VAE | 外挂 VAE

  # Pictures and captions | 数据集
  train_data_dir="./train/demo" # folder of pictures, or of N_name folders | 训练集路径,可含 N_name 子文件夹
  reg_data_dir="./train/demo-reg" # regularisation pictures; "" for your own subject | 正则化图片,训练自己的图片时清空
  prior_loss_weight="1.0"       # weight of their loss | 正则化图片的损失权重
  resolution="64,64"            # width,height: 512,512 for SD1.5, 1024,1024 for SDXL | 分辨率,宽,高
  train_batch_size="4"          # pictures a step | 批大小
  enable_bucket="true"          # sort pictures by shape instead of cropping | 按长宽比分桶
  min_bucket_reso="64"          # shortest side: 256 for SD1.5, 512 for SDXL | 桶最小边长
  max_bucket_reso="128"         # longest side: 1024 for SD1.5, 2048 for SDXL | 桶最大边长
  bucket_reso_steps="16"        # sides are multiples of this: 64 for SD1.5 and SDXL | 桶边长的步长
  caption_extension=".txt"      # ending of caption files | 标注文件后缀
  shuffle_caption="false"       # shuffle tags between commas | 打乱标签
  keep_tokens="0"               # keep the first N tags in place | 保留前 N 个标签不打乱
  cache_latents="true"          # encode each picture once | 缓存潜空间编码
  max_data_loader_n_workers="1" # threads that prepare pictures | 读取图片的线程数
  max_token_length="75"         # 75, 150 or 225 | 最大 token 数
  # clip_skip="2"               # SD1.x: 2 for anime models | 动漫模型常用 2

  # Network | 网络
  network_module="networks.lora" # kind of network | 网络种类
  network_weights=""            # LoRA to start from | 从已有的 LoRA 继续
  network_dim="16"              # rank: 4 to 128 | 秩
  network_alpha="8"             # often half of dim | 常用 dim 的一半
  # network_dropout="0.1"       # drops activations | 丢弃率
  network_args=""               # for LoCon: conv_dim=4 conv_alpha=1 | LoCon 参数
  network_train_unet_only="false"         # only the UNet | 仅训练 U-Net
  network_train_text_encoder_only="false" # only the text encoder | 仅训练文本编码器

  # Learning | 学习
  max_train_epochs="8"          # epochs | 训练轮数
  learning_rate="1e-3"          # 1e-4 for SD1.5 and SDXL | 学习率
  unet_lr="1e-3"                # of the UNet: 1e-4 | U-Net 学习率
  text_encoder_lr="5e-4"        # of the text encoder: 1e-5 | 文本编码器学习率
  lr_scheduler="cosine_with_restarts" # constant, constant_with_warmup, linear, cosine, polynomial | 学习率调度器
  lr_warmup_steps="0"           # warm-up | 预热步数
  lr_scheduler_num_cycles="1"   # restarts | 重启次数
  optimizer_type="AdamW"        # AdamW8bit saves GPU memory | 优化器,AdamW8bit 省显存
  noise_offset="0"              # 0.1 is strong | 噪声偏移
  min_snr_gamma="0"             # 5 is usual, 0 is off | 常用 5,0 为关闭

  # Machine | 机器
  seed="1337"                   # same seed, same file | 随机种子
  mixed_precision="auto"        # auto, no, fp16, bf16 | 混合精度
  gradient_checkpointing="false" # less memory, slower | 省显存,较慢
  gradient_accumulation_steps="1" # batches a step | 梯度累积
  sdpa="true"                   # torch's own attention | torch 自带的注意力
  xformers="false"              # xformers, if installed | 需另装 xformers
  lowram="false"                # machines with little memory | 内存不足时开启
  num_processes="1"             # GPUs | 显卡数量
  gpu_ids=""                    # which GPUs: 0,1 | 使用哪些显卡

  # Output | 输出
  output_dir="./output"         # folder | 输出文件夹
  output_name="demo"            # name of the file | 文件名
  save_model_as="safetensors"   # safetensors, ckpt or pt | 保存格式
  save_precision="fp16"         # float, fp16 or bf16 | 保存精度
  save_every_n_epochs="4"       # save on the way | 每 N 轮保存
  save_state="false"            # to go on later exactly | 保存训练状态以便续训
  resume=""                     # state folder, or last | 从状态文件夹续训,last 为最新
  logging_dir="./logs"          # TensorBoard and jobs | 日志
  log_with="tensorboard"        # tensorboard, wandb (key: WANDB_API_KEY) or all | 记录工具
  log_tracker_name=""           # name of the run | 记录名称

  # Pictures drawn on the way | 训练中出图
  sample_prompts="./config/sample_prompts.txt" # one prompt a line | 提示词文件,每行一条
  sample_every_n_epochs="4"     # draw every N epochs | 每 N 轮出图
  sample_sampler="ddim"         # ddim, euler, euler_a, dpmsolver++, pndm | 采样器
)

# ---- nothing below needs an edit | 以下无需修改 ----
if [ -f "${1:-}" ]; then # a file is named from where the person stands, the rest from the project's folder
  file="$(cd "$(dirname "$1")" && pwd)/$(basename "$1")"
  shift && set -- "$file" "$@"
else
  for setting in "${settings[@]}"; do set -- --set "$setting" "$@"; done
fi
cd "$(dirname "${BASH_SOURCE[0]}")"
bash install.sh --if-needed
python=venv/bin/python
[ -x "$python" ] || python=venv/Scripts/python.exe
PYTHONUTF8=1 exec "$python" -m mikazuki train "$@"
