#include "textflag.h"

// func multiplyAVX2(sum *int32, ldsum int, x *int16, ldx int, w *int16, pairs int)
TEXT ·multiplyAVX2(SB), NOSPLIT, $0-48
	MOVQ sum+0(FP), R8
	MOVQ ldsum+8(FP), R9
	MOVQ x+16(FP), SI
	MOVQ ldx+24(FP), DX
	MOVQ w+32(FP), DI
	MOVQ pairs+40(FP), CX
	LEAQ (SI)(DX*1), R10
	LEAQ (SI)(DX*2), R11
	LEAQ (R10)(DX*2), R12
	LEAQ (R8)(R9*1), R13
	LEAQ (R8)(R9*2), AX
	LEAQ (R13)(R9*2), BX
	VMOVDQU (R8), Y0
	VMOVDQU 32(R8), Y1
	VMOVDQU (R13), Y2
	VMOVDQU 32(R13), Y3
	VMOVDQU (AX), Y4
	VMOVDQU 32(AX), Y5
	VMOVDQU (BX), Y6
	VMOVDQU 32(BX), Y7
	XORQ DX, DX
loop:
	VMOVDQU (DI), Y8
	VMOVDQU 32(DI), Y9
	VPBROADCASTD (SI)(DX*4), Y10
	VPBROADCASTD (R10)(DX*4), Y11
	VPMADDWD Y8, Y10, Y12
	VPMADDWD Y9, Y10, Y13
	VPMADDWD Y8, Y11, Y14
	VPMADDWD Y9, Y11, Y15
	VPADDD Y12, Y0, Y0
	VPADDD Y13, Y1, Y1
	VPADDD Y14, Y2, Y2
	VPADDD Y15, Y3, Y3
	VPBROADCASTD (R11)(DX*4), Y10
	VPBROADCASTD (R12)(DX*4), Y11
	VPMADDWD Y8, Y10, Y12
	VPMADDWD Y9, Y10, Y13
	VPMADDWD Y8, Y11, Y14
	VPMADDWD Y9, Y11, Y15
	VPADDD Y12, Y4, Y4
	VPADDD Y13, Y5, Y5
	VPADDD Y14, Y6, Y6
	VPADDD Y15, Y7, Y7
	ADDQ $64, DI
	INCQ DX
	CMPQ DX, CX
	JLT loop
	VMOVDQU Y0, (R8)
	VMOVDQU Y1, 32(R8)
	VMOVDQU Y2, (R13)
	VMOVDQU Y3, 32(R13)
	VMOVDQU Y4, (AX)
	VMOVDQU Y5, 32(AX)
	VMOVDQU Y6, (BX)
	VMOVDQU Y7, 32(BX)
	VZEROUPPER
	RET

// The numbers of the activation; see tanh.
DATA ·numbers<>+0(SB)/4, $0x409f0a3d  // 4.97
DATA ·numbers<>+4(SB)/4, $0xc09f0a3d  // -4.97
DATA ·numbers<>+8(SB)/4, $0x43bd0000  // 378
DATA ·numbers<>+12(SB)/4, $0x46875a00 // 17325
DATA ·numbers<>+16(SB)/4, $0x4803f7c0 // 135135
DATA ·numbers<>+20(SB)/4, $0x41e00000 // 28
DATA ·numbers<>+24(SB)/4, $0x4544e000 // 3150
DATA ·numbers<>+28(SB)/4, $0x4773a200 // 62370
DATA ·numbers<>+32(SB)/4, $0x3f000000 // 0.5
DATA ·numbers<>+36(SB)/4, $0x44800000 // 1024
GLOBL ·numbers<>(SB), RODATA, $40

// TANH(x): x becomes its tangent. Y8 and Y9 are spoilt, Y10 to Y15 hold numbers.
#define TANH(x) \
	VMINPS Y10, x, x \
	VMAXPS Y11, x, x \
	VMULPS x, x, Y8 \
	VADDPS Y12, Y8, Y9 \
	VMULPS Y8, Y9, Y9 \
	VADDPS Y13, Y9, Y9 \
	VMULPS Y8, Y9, Y9 \
	VADDPS Y14, Y9, Y9 \
	VMULPS x, Y9, x \
	VMULPS Y15, Y8, Y9 \
	VADDPS Y6, Y9, Y9 \
	VMULPS Y8, Y9, Y9 \
	VADDPS Y7, Y9, Y9 \
	VMULPS Y8, Y9, Y9 \
	VADDPS Y14, Y9, Y9 \
	VDIVPS Y9, x, x

// SIGMOID(x) = 0.5 + 0.5 tanh(0.5 x)
#define SIGMOID(x) \
	VMULPS Y5, x, x \
	TANH(x) \
	VMULPS Y5, x, x \
	VADDPS Y5, x, x

// func gatesAVX2(sum *int32, scale *float32, cell *float32, state *int16, n int)
TEXT ·gatesAVX2(SB), NOSPLIT, $0-40
	MOVQ sum+0(FP), SI
	MOVQ scale+8(FP), DX
	MOVQ cell+16(FP), DI
	MOVQ state+24(FP), R8
	MOVQ n+32(FP), CX
	MOVQ CX, R9
	SHLQ $2, R9              // bytes of one gate
	LEAQ (R9)(R9*2), R10     // of three
	VBROADCASTSS ·numbers<>+0(SB), Y10
	VBROADCASTSS ·numbers<>+4(SB), Y11
	VBROADCASTSS ·numbers<>+8(SB), Y12
	VBROADCASTSS ·numbers<>+12(SB), Y13
	VBROADCASTSS ·numbers<>+16(SB), Y14
	VBROADCASTSS ·numbers<>+20(SB), Y15
	VBROADCASTSS ·numbers<>+24(SB), Y6
	VBROADCASTSS ·numbers<>+28(SB), Y7
	VBROADCASTSS ·numbers<>+32(SB), Y5
next:
	VCVTDQ2PS (SI), Y0
	VMULPS (DX), Y0, Y0
	VCVTDQ2PS (SI)(R9*1), Y1
	VMULPS (DX)(R9*1), Y1, Y1
	VCVTDQ2PS (SI)(R9*2), Y2
	VMULPS (DX)(R9*2), Y2, Y2
	VCVTDQ2PS (SI)(R10*1), Y3
	VMULPS (DX)(R10*1), Y3, Y3
	SIGMOID(Y0)
	SIGMOID(Y1)
	SIGMOID(Y2)
	TANH(Y3)
	VMULPS Y3, Y0, Y0
	VMULPS (DI), Y1, Y1
	VADDPS Y1, Y0, Y0
	VMOVUPS Y0, (DI)
	TANH(Y0)
	VMULPS Y0, Y2, Y2
	VBROADCASTSS ·numbers<>+36(SB), Y4
	VMULPS Y4, Y2, Y2
	VCVTPS2DQ Y2, Y2         // to the nearest, the even one of two
	VEXTRACTI128 $1, Y2, X3
	VPACKSSDW X3, X2, X2
	VMOVDQU X2, (R8)
	ADDQ $32, SI
	ADDQ $32, DX
	ADDQ $32, DI
	ADDQ $16, R8
	SUBQ $8, CX
	JG next
	VZEROUPPER
	RET

// func valuesAVX2(sum *int32, scale *float32, out *float32, n int)
TEXT ·valuesAVX2(SB), NOSPLIT, $0-32
	MOVQ sum+0(FP), SI
	MOVQ scale+8(FP), DX
	MOVQ out+16(FP), DI
	MOVQ n+24(FP), CX
	XORQ AX, AX
each:
	VCVTDQ2PS (SI)(AX*4), Y0
	VMULPS (DX)(AX*4), Y0, Y0
	VMOVUPS Y0, (DI)(AX*4)
	ADDQ $8, AX
	CMPQ AX, CX
	JLT each
	VZEROUPPER
	RET

// func roundAVX2(a *float32, b *float32, out *int16, n int, slope float32, unit float32, bound float32)
TEXT ·roundAVX2(SB), NOSPLIT, $0-44
	MOVQ a+0(FP), SI
	MOVQ b+8(FP), DX
	MOVQ out+16(FP), DI
	MOVQ n+24(FP), CX
	VBROADCASTSS slope+32(FP), Y4
	VBROADCASTSS unit+36(FP), Y5
	VBROADCASTSS bound+40(FP), Y6
	VXORPS Y7, Y7, Y7
	VSUBPS Y6, Y7, Y7
	XORQ AX, AX
one:
	VMOVUPS (SI)(AX*4), Y0
	VADDPS (DX)(AX*4), Y0, Y0
	VMULPS Y4, Y0, Y1
	VMAXPS Y1, Y0, Y0
	VMULPS Y5, Y0, Y0
	VMINPS Y6, Y0, Y0
	VMAXPS Y7, Y0, Y0
	VCVTPS2DQ Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPACKSSDW X1, X0, X0
	VMOVDQU X0, (DI)(AX*2)
	ADDQ $8, AX
	CMPQ AX, CX
	JLT one
	VZEROUPPER
	RET

// func sumRowsAVX2(out *int16, n int, table *int16, rows *int32, count int)
TEXT ·sumRowsAVX2(SB), NOSPLIT, $0-40
	MOVQ out+0(FP), DI
	MOVQ n+8(FP), CX
	MOVQ table+16(FP), SI
	MOVQ rows+24(FP), DX
	MOVQ count+32(FP), BX
	LEAQ (CX)(CX*1), R8 // bytes of a row
	XORQ R9, R9 // byte of the column
column:
	VMOVDQU (DI)(R9*1), Y0
	LEAQ (SI)(R9*1), R10
	XORQ R11, R11
row:
	MOVLQSX (DX)(R11*4), R12
	IMULQ R8, R12
	VPADDW (R10)(R12*1), Y0, Y0
	INCQ R11
	CMPQ R11, BX
	JLT row
	VMOVDQU Y0, (DI)(R9*1)
	ADDQ $32, R9
	CMPQ R9, R8
	JLT column
	VZEROUPPER
	RET
